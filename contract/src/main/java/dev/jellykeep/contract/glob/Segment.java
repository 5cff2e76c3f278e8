package dev.jellykeep.contract.glob;

import java.util.ArrayList;
import java.util.List;

/// One path segment of a glob.
///
/// @param tokens empty for `**`, which stands for any number of segments
record Segment(List<Token> tokens) {
    static final Segment ANY_DEPTH = new Segment(List.of());
    static final Segment ANY_NAME = new Segment(List.of(new Token.AnyRun()));

    static Segment parse(String text) throws GlobSyntaxException {
        if (text.equals("**")) {
            return ANY_DEPTH;
        }
        List<Token> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int end = i + Character.charCount(c);
            switch (c) {
                case '*' -> {
                    if (text.startsWith("*", end)) {
                        throw new GlobSyntaxException("** must stand alone between slashes; write %s"
                                .formatted(i == 0 ? "**/" + text.substring(1) : text.substring(0, i) + "*/**"));
                    }
                    tokens.add(new Token.AnyRun());
                }
                case '?' -> tokens.add(new Token.AnyOne());
                case '[' -> {
                    int close = CharClass.end(text, i);
                    tokens.add(CharClass.parse(text.substring(end, close)));
                    end = close + 1;
                }
                case '\\' -> {
                    int escaped = text.codePointAt(end);
                    tokens.add(new Token.Literal(escaped));
                    end += Character.charCount(escaped);
                }
                default -> tokens.add(new Token.Literal(c));
            }
            i = end;
        }
        return new Segment(List.copyOf(tokens));
    }

    /// Goes back to the last `*` only, which is enough: time is at most tokens × characters.
    boolean matches(int[] name) {
        int token = 0;
        int at = 0;
        int star = -1;
        int starAt = 0;
        while (at < name.length) {
            if (token < tokens.size() && tokens.get(token) instanceof Token.AnyRun) {
                star = token++;
                starAt = at;
            } else if (token < tokens.size() && tokens.get(token) instanceof Token.One one && one.matches(name[at])) {
                token++;
                at++;
            } else if (star >= 0) {
                token = star + 1;
                at = ++starAt;
            } else {
                return false;
            }
        }
        while (token < tokens.size() && tokens.get(token) instanceof Token.AnyRun) {
            token++;
        }
        return token == tokens.size();
    }
}
