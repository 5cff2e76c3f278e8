package dev.jellykeep.sandbox.gateway;

import dev.jellykeep.sandbox.gateway.Head.Field;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// What becomes of a request.
public sealed interface Verdict {

    /// It is passed on, and so is the reply.
    ///
    /// @param request as it is to be sent
    /// @param tls null for plain
    /// @param patience how long the reply may take to begin; for ever where zero
    /// @param late what is answered after that
    /// @param unreachable what is answered where nobody takes it
    /// @param after run when it is over, however it went
    record Forward(
            Head request,
            InetSocketAddress to,
            @Nullable SSLContext tls,
            Duration patience,
            Answer late,
            Answer unreachable,
            Runnable after)
            implements Verdict {}

    /// It is answered here. The body's length is added.
    record Answer(int status, String reason, List<Field> fields, String body) implements Verdict {

        public Answer {
            fields = List.copyOf(fields);
        }

        /// One without other fields.
        ///
        /// @param type of the body
        public static Answer of(int status, String reason, String type, String body) {
            return new Answer(status, reason, List.of(new Field("Content-Type", type)), body);
        }

        Head head() {
            return new Head("HTTP/1.1 " + status + " " + reason, fields)
                    .with("Content-Length", Integer.toString(bytes().length));
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /// The connection is closed without a reply.
    record Drop() implements Verdict {}
}
