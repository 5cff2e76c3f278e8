package dev.jellykeep.operator.infra;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads Bicep; what `infra/` has no need of is an error.
final class Parser {
    private final String file;
    private final String text;
    private int at;

    private Parser(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /// @throws IllegalArgumentException with file and line
    static List<Syntax.Statement> parse(String file, String text) {
        Parser parser = new Parser(file, text);
        List<Syntax.Statement> statements = new ArrayList<>();
        for (parser.space(true); parser.at < text.length(); parser.space(true)) {
            if (parser.took("@")) {
                parser.postfix(parser.primary());
            } else {
                statements.add(parser.statement(parser.word()));
            }
        }
        return List.copyOf(statements);
    }

    private Syntax.Statement statement(String keyword) {
        return switch (keyword) {
            case "targetScope" -> {
                expect("=");
                yield new Syntax.Scope(plain());
            }
            case "param" -> {
                String name = word();
                String type = word();
                yield new Syntax.Parameter(name, type, took("=") ? expression() : null);
            }
            case "var" -> {
                String name = word();
                expect("=");
                yield new Syntax.Variable(name, expression());
            }
            case "func" -> function();
            case "import" -> {
                List<String> names = new ArrayList<>();
                expect("{");
                do {
                    names.add(word());
                } while (took(","));
                expect("}");
                expectWord("from");
                yield new Syntax.Import(List.copyOf(names), plain());
            }
            case "resource" -> {
                String name = word();
                String type = plain();
                boolean existing = tookWord("existing");
                expect("=");
                yield new Syntax.Resource(name, type, existing, condition(), expression());
            }
            case "module" -> {
                String name = word();
                String path = plain();
                expect("=");
                yield new Syntax.Module(name, path, condition(), expression());
            }
            case "output" -> {
                String name = word();
                String type = word();
                expect("=");
                if (!type.equals("string")) {
                    throw wrong("an output of type " + type);
                }
                yield new Syntax.Output(name, expression());
            }
            default -> throw wrong("a statement that begins with " + keyword);
        };
    }

    private Syntax.Function function() {
        String name = word();
        List<String> parameters = new ArrayList<>();
        expect("(");
        do {
            parameters.add(word());
            expectWord("string");
        } while (took(","));
        expect(")");
        expectWord("object");
        expect("=>");
        return new Syntax.Function(name, List.copyOf(parameters), expression());
    }

    private Syntax.@Nullable Expression condition() {
        if (!tookWord("if")) {
            return null;
        }
        expect("(");
        Syntax.Expression condition = expression();
        expect(")");
        return condition;
    }

    private Syntax.Expression expression() {
        Syntax.Expression condition = comparison();
        if (!tookOnNextLine("?")) {
            return condition;
        }
        Syntax.Expression then = expression();
        if (!tookOnNextLine(":")) {
            throw wrong("a choice without its other side");
        }
        return new Syntax.Choice(condition, then, expression());
    }

    private Syntax.Expression comparison() {
        Syntax.Expression left = unary();
        return took("==") ? new Syntax.Same(left, unary()) : left;
    }

    private Syntax.Expression unary() {
        return took("!") ? new Syntax.Not(unary()) : postfix(primary());
    }

    private Syntax.Expression postfix(Syntax.Expression start) {
        Syntax.Expression of = start;
        while (true) {
            if (text.startsWith("!.", at)) {
                // what is there by the condition around it
                at++;
            }
            if (took(".")) {
                String name = word();
                of = peek('(') ? new Syntax.Call(of, name, arguments()) : new Syntax.Member(of, name);
            } else if (took("[")) {
                of = new Syntax.Index(of, expression());
                expect("]");
            } else {
                return of;
            }
        }
    }

    private Syntax.Expression primary() {
        space(false);
        char c = at < text.length() ? text.charAt(at) : 0;
        if (c == '\'') {
            return string();
        }
        if (c == '{') {
            return object();
        }
        if (took("[")) {
            List<Syntax.Expression> values = new ArrayList<>();
            for (space(true); !took("]"); space(true)) {
                values.add(expression());
            }
            return new Syntax.Items(List.copyOf(values));
        }
        if (Character.isDigit(c)) {
            int begin = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            return new Syntax.Literal(Long.valueOf(text.substring(begin, at)));
        }
        String word = word();
        return switch (word) {
            case "true", "false" -> new Syntax.Literal(Boolean.valueOf(word));
            case "null" -> new Syntax.Literal(null);
            default -> peek('(') ? new Syntax.Call(null, word, arguments()) : new Syntax.Name(word);
        };
    }

    private List<Syntax.Expression> arguments() {
        expect("(");
        List<Syntax.Expression> arguments = new ArrayList<>();
        space(true);
        while (!took(")")) {
            arguments.add(expression());
            space(true);
            if (took(",")) {
                space(true);
            }
        }
        return List.copyOf(arguments);
    }

    private Syntax.Members object() {
        expect("{");
        Map<Syntax.Text, Syntax.Expression> members = new LinkedHashMap<>();
        for (space(true); !took("}"); space(true)) {
            Syntax.Text name = peek('\'') ? string() : new Syntax.Text(List.of(word()));
            expect(":");
            if (members.put(name, expression()) != null) {
                throw wrong("a member twice: " + name);
            }
            space(false);
            if (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '}') {
                throw wrong("two members in a line");
            }
        }
        return new Syntax.Members(members);
    }

    private Syntax.Text string() {
        expect("'");
        List<Object> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        while (!text.startsWith("'", at)) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw wrong("a string without an end");
            }
            if (text.startsWith("${", at)) {
                at += 2;
                parts.add(part.toString());
                part.setLength(0);
                parts.add(expression());
                space(false);
                if (!text.startsWith("}", at)) {
                    throw wrong("an interpolation without an end");
                }
                at++;
            } else if (text.charAt(at) == '\\') {
                part.append(escaped(text.charAt(at + 1)));
                at += 2;
            } else {
                part.append(text.charAt(at++));
            }
        }
        at++;
        parts.add(part.toString());
        return new Syntax.Text(List.copyOf(parts));
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\'', '\\', '$' -> c;
            default -> throw wrong("an escape \\" + c);
        };
    }

    private String plain() {
        Syntax.Text string = string();
        if (string.parts().size() != 1) {
            throw wrong("an interpolation here");
        }
        return (String) string.parts().getFirst();
    }

    private String word() {
        space(false);
        int begin = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        if (begin == at) {
            throw wrong("no name here");
        }
        return text.substring(begin, at);
    }

    private boolean tookWord(String word) {
        int before = at;
        space(false);
        if (peek('\'') || at >= text.length() || !Character.isLetter(text.charAt(at)) || !word().equals(word)) {
            at = before;
            return false;
        }
        return true;
    }

    private void expectWord(String word) {
        if (!tookWord(word)) {
            throw wrong("no " + word + " here");
        }
    }

    private boolean peek(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    private boolean took(String sign) {
        int before = at;
        space(false);
        if (text.startsWith(sign, at)) {
            at += sign.length();
            return true;
        }
        at = before;
        return false;
    }

    private boolean tookOnNextLine(String sign) {
        int before = at;
        space(true);
        if (took(sign)) {
            return true;
        }
        at = before;
        return false;
    }

    private void expect(String sign) {
        if (!took(sign)) {
            throw wrong("no " + sign + " here");
        }
    }

    /// Over blanks and comments; over ends of lines where they mean nothing.
    private void space(boolean lines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("//", at)) {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else if (c == ' ' || (lines && c == '\n')) {
                at++;
            } else {
                return;
            }
        }
    }

    private IllegalArgumentException wrong(String what) {
        long line = text.substring(0, Math.min(at, text.length())).lines().count();
        return new IllegalArgumentException(file + ", line " + line + ": " + what);
    }
}
