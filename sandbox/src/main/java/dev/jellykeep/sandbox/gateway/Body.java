package dev.jellykeep.sandbox.gateway;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// How a message's body is delimited.
sealed interface Body {
    record None() implements Body {}

    record Bytes(long count) implements Body {}

    record Chunked() implements Body {}

    record UntilClose() implements Body {}

    static Body ofRequest(Head request) throws IOException {
        return delimited(request, new None());
    }

    static Body ofReply(Head request, Head reply) throws IOException {
        var status = reply.status();
        var none = request.method().equals("HEAD") || status == 204 || status == 304 || status / 100 == 1;
        return none ? new None() : delimited(reply, new UntilClose());
    }

    /// Passes it on as it is.
    default void pass(Inbound in, OutputStream to) throws IOException {
        switch (this) {
            case None _ -> {}
            case Bytes(var count) -> in.pass(count, to);
            case Chunked _ -> chunks(in, to);
            case UntilClose _ -> in.passAll(to);
        }
        to.flush();
    }

    private static Body delimited(Head head, Body otherwise) throws IOException {
        if (head.value("Transfer-Encoding").toLowerCase(Locale.ROOT).endsWith("chunked")) {
            return new Chunked();
        }
        var length = head.value("Content-Length");
        if (length.isEmpty()) {
            return otherwise;
        }
        try {
            return new Bytes(Long.parseLong(length));
        } catch (NumberFormatException e) {
            throw new IOException("a Content-Length that is no number", e);
        }
    }

    private static void chunks(Inbound in, OutputStream to) throws IOException {
        for (var size = next(in, to); size > 0; size = next(in, to)) {
            in.pass(size, to);
            in.passLine(in.line(), to);
            if (in.dry()) {
                to.flush();
            }
        }
        for (var trailer = in.line(); !trailer.isEmpty(); trailer = in.line()) {
            in.passLine(trailer, to);
        }
        in.passLine("", to);
    }

    private static long next(Inbound in, OutputStream to) throws IOException {
        var line = in.line();
        in.passLine(line, to);
        try {
            return Long.parseLong(line.split(";", 2)[0].strip(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("a chunk without its length", e);
        }
    }
}
