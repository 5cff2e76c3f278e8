package dev.jellykeep.operator.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// One program's call in a block of shell, with its words as the program gets them. Expansions stay as they are
/// written;
/// what is called inside of them is a command of its own.
record ShellCommand(List<String> words) {
    private static final Set<String> KEYWORDS = Set.of(
            "if", "then", "else", "elif", "fi", "while", "until", "do", "done", "!", "{", "}", "exec", "sudo", "time");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

    String program() {
        return words.getFirst();
    }

    static List<ShellCommand> allOf(String text) {
        Reader reader = new Reader(text);
        reader.read();
        return reader.found;
    }

    private static final class Reader {
        private final String text;
        private final List<ShellCommand> found = new ArrayList<>();
        private List<String> words = new ArrayList<>();
        private StringBuilder word = new StringBuilder();
        private boolean begun;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void read() {
            while (at < text.length()) {
                char next = text.charAt(at);
                if (next == '#' && !begun) {
                    skipTo('\n');
                } else if (next == '\\' && peek(1) == '\n') {
                    at += 2;
                } else if (next == '\\') {
                    add(peek(1));
                    at += 2;
                } else if (next == '\'') {
                    int end = text.indexOf('\'', at + 1);
                    begun = true;
                    word.append(text, at + 1, end);
                    at = end + 1;
                } else if (next == '"') {
                    begun = true;
                    at++;
                    quoted();
                } else if (next == '$' && peek(1) == '(') {
                    substitution();
                } else if (next == '<' && peek(1) == '<') {
                    heredoc();
                } else if (next == '<' || next == '>') {
                    redirection();
                } else if ("\n;|&()".indexOf(next) >= 0) {
                    endCommand();
                    at++;
                } else if (Character.isWhitespace(next)) {
                    endWord();
                    at++;
                } else {
                    add(next);
                    at++;
                }
            }
            endCommand();
        }

        private void add(char each) {
            begun = true;
            word.append(each);
        }

        private char peek(int further) {
            return at + further < text.length() ? text.charAt(at + further) : '\n';
        }

        private void skipTo(char end) {
            int there = text.indexOf(end, at);
            at = there < 0 ? text.length() : there;
        }

        private void quoted() {
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '$' && peek(1) == '(') {
                    substitution();
                } else if (text.charAt(at) == '\\') {
                    word.append(peek(1) == '\n' ? "" : peek(1));
                    at += 2;
                } else {
                    word.append(text.charAt(at++));
                }
            }
            at++;
        }

        private void substitution() {
            int depth = 0;
            int begin = at;
            do {
                depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
                at++;
            } while (at < text.length() && (depth > 0 || at == begin + 1));
            begun = true;
            word.append("$(…)");
            found.addAll(allOf(text.substring(begin + 2, at - 1)));
        }

        private void heredoc() {
            skipWord();
            String rest = text.substring(at);
            String mark = rest.substring(2, rest.indexOf('\n'))
                    .strip()
                    .split(" ", 2)[0]
                    .replaceAll("['\"]", "");
            int end = text.indexOf("\n" + mark + "\n", at);
            at = end < 0 ? text.length() : end + mark.length() + 2;
            endCommand();
        }

        private void redirection() {
            skipWord();
            while (at < text.length() && "<>&".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            while (at < text.length() && "\n ;|".indexOf(text.charAt(at)) < 0) {
                at++;
            }
        }

        /// A number right before a redirection is a descriptor.
        private void skipWord() {
            if (word.toString().matches("\\d")) {
                word = new StringBuilder();
                begun = false;
            }
            endWord();
        }

        private void endWord() {
            if (begun) {
                words.add(word.toString());
                word = new StringBuilder();
                begun = false;
            }
        }

        private void endCommand() {
            endWord();
            while (!words.isEmpty()
                    && (KEYWORDS.contains(words.getFirst())
                            || ASSIGNMENT.matcher(words.getFirst()).matches())) {
                words.removeFirst();
            }
            if (!words.isEmpty()) {
                found.add(new ShellCommand(List.copyOf(words)));
            }
            words = new ArrayList<>();
        }
    }
}
