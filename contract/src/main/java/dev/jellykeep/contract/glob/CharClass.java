package dev.jellykeep.contract.glob;

import java.util.ArrayList;
import java.util.List;

/// `[abc]`, `[a-z]`, `[!a]` or `[^a]`.
record CharClass(boolean negated, List<Range> ranges) implements Token.One {
    record Range(int from, int to) {}

    @Override
    public boolean matches(int codePoint) {
        boolean inside = ranges.stream().anyMatch(r -> r.from <= codePoint && codePoint <= r.to);
        return inside != negated;
    }

    /// Index of the `]` that closes the `[` at `open`.
    static int end(String glob, int open) throws GlobSyntaxException {
        for (int i = open + 1; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ']') {
                return i;
            }
        }
        throw new GlobSyntaxException("a [ is not closed; add the ], or write \\[ if the name contains one");
    }

    /// Reads a class.
    ///
    /// @param body what lies between the brackets
    static CharClass parse(String body) throws GlobSyntaxException {
        boolean negated = body.startsWith("!") || body.startsWith("^");
        List<Integer> chars = new ArrayList<>();
        List<Boolean> dashes = new ArrayList<>();
        int[] points = body.substring(negated ? 1 : 0).codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            boolean escaped = points[i] == '\\' && i + 1 < points.length;
            chars.add(escaped ? points[++i] : points[i]);
            dashes.add(!escaped && points[i] == '-');
        }
        if (chars.isEmpty()) {
            throw new GlobSyntaxException("the brackets [] are empty; write \\[\\] if the name contains them");
        }
        if (chars.contains((int) '/')) {
            throw new GlobSyntaxException("brackets can't hold a slash; use braces, as in {a/b,c}");
        }
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < chars.size(); i++) {
            boolean range = i + 2 < chars.size() && dashes.get(i + 1);
            int from = chars.get(i);
            int to = range ? chars.get(i += 2) : from;
            if (to < from) {
                throw new GlobSyntaxException(
                        "the range %1$c-%2$c runs backwards; write %2$c-%1$c".formatted(from, to));
            }
            ranges.add(new Range(from, to));
        }
        return new CharClass(negated, List.copyOf(ranges));
    }
}
