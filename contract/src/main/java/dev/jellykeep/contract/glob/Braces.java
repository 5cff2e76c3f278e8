package dev.jellykeep.contract.glob;

import java.util.ArrayList;
import java.util.List;

/// Writes `a{b,c}` out as `ab` and `ac`, before slashes mean anything.
final class Braces {
    private static final int MOST = 256;

    private Braces() {}

    static List<String> expand(String glob) throws GlobSyntaxException {
        int open = find(glob, 0, "{}");
        if (open < 0) {
            return List.of(glob);
        }
        if (glob.charAt(open) == '}') {
            throw new GlobSyntaxException("there is a } without its {; write \\} if the name contains one");
        }
        List<String> choices = new ArrayList<>();
        int start = open + 1;
        int depth = 1;
        int at = start;
        while (depth > 0) {
            at = find(glob, at, "{},");
            if (at < 0) {
                throw new GlobSyntaxException("a { is not closed; add the }, or write \\{ if the name contains one");
            }
            char c = glob.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 || (depth == 1 && c == ',')) {
                choices.add(glob.substring(start, at));
                start = at + 1;
            }
            at++;
        }
        return product(glob.substring(0, open), choices, expand(glob.substring(at)));
    }

    private static List<String> product(String before, List<String> choices, List<String> tails)
            throws GlobSyntaxException {
        List<String> all = new ArrayList<>();
        for (String choice : choices) {
            for (String middle : expand(choice)) {
                for (String tail : tails) {
                    if (all.size() == MOST) {
                        throw new GlobSyntaxException(
                                "its braces stand for more than %d globs; write several simpler ones".formatted(MOST));
                    }
                    all.add(before + middle + tail);
                }
            }
        }
        return all;
    }

    /// The first of `wanted` from `from` on that is neither escaped nor inside `[…]`; −1 if there is none.
    private static int find(String glob, int from, String wanted) throws GlobSyntaxException {
        for (int i = from; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '[') {
                i = CharClass.end(glob, i);
            } else if (wanted.indexOf(c) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
