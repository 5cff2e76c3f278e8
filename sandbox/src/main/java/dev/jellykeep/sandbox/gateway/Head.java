package dev.jellykeep.sandbox.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The head of an HTTP/1.1 message.
///
/// @param first the request line or the status line
/// @param fields in their order
public record Head(String first, List<Field> fields) {
    /// What is between two neighbours only.
    private static final Set<String> OF_A_HOP =
            Set.of("connection", "keep-alive", "proxy-connection", "te", "upgrade", "http2-settings");

    private static final int MOST_FIELDS = 200;

    public Head {
        fields = List.copyOf(fields);
    }

    /// One header field.
    public record Field(String name, String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    /// The next one; empty where the connection ends before it.
    static Optional<Head> read(Inbound in) throws IOException {
        var first = in.line();
        if (first.isEmpty()) {
            return Optional.empty();
        }
        var fields = new ArrayList<Field>();
        for (var line = in.line(); !line.isEmpty(); line = in.line()) {
            var colon = line.indexOf(':');
            if (colon < 1 || fields.size() == MOST_FIELDS) {
                throw new IOException("a head that is none of HTTP's");
            }
            fields.add(new Field(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
        return Optional.of(new Head(first, fields));
    }

    /// A request's method.
    public String method() {
        return word(0);
    }

    /// A request's path and query, as sent.
    public String target() {
        return word(1);
    }

    /// A reply's status; 0 where it is none.
    int status() {
        var word = word(1);
        return word.matches("\\d{3}") ? Integer.parseInt(word) : 0;
    }

    /// The first value of a field; empty where there is none.
    public String value(String name) {
        return fields.stream()
                .filter(field -> field.is(name))
                .map(Field::value)
                .findFirst()
                .orElse("");
    }

    /// With a field in place of all of that name.
    public Head with(String name, String value) {
        var changed = new ArrayList<>(without(name).fields);
        changed.add(new Field(name, value));
        return new Head(first, changed);
    }

    /// Without the fields of a name.
    public Head without(String name) {
        return new Head(first, fields.stream().filter(field -> !field.is(name)).toList());
    }

    /// As it goes to the next neighbour, over a connection of its own.
    Head onward() {
        var kept = fields.stream()
                .filter(field -> !OF_A_HOP.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
        return new Head(first, kept).with("Connection", "close");
    }

    /// As it goes back over a connection that is kept, or isn't.
    Head back(boolean kept) {
        var own = fields.stream()
                .filter(field -> !OF_A_HOP.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
        var reply = new Head(first.replaceFirst("^HTTP/1\\.0", "HTTP/1.1"), own);
        return kept ? reply : reply.with("Connection", "close");
    }

    /// Whether the sender of this request means to send another one.
    boolean keeps() {
        return !first.endsWith("HTTP/1.0") && !value("Connection").equalsIgnoreCase("close");
    }

    void write(OutputStream out) throws IOException {
        var text = new StringBuilder(first).append("\r\n");
        fields.forEach(field ->
                text.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private String word(int number) {
        var words = first.split(" ", 3);
        return number < words.length ? words[number] : "";
    }
}
