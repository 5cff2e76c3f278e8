package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A server that answers each request with the very bytes a test wrote down: what no proper HTTP server
/// would send.
final class RawService implements AutoCloseable {
    /// Writes one reply.
    interface Reply {
        void write(OutputStream to) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    private final Reply reply;
    /// Heads of the requests, in lower case.
    final List<String> requests = new CopyOnWriteArrayList<>();

    RawService(Reply reply) throws IOException {
        this.reply = reply;
        Thread.ofVirtual().start(this::accept);
    }

    RawService(String reply) throws IOException {
        this(to -> to.write(reply.getBytes(ISO_8859_1)));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            while (true) {
                var head = in.lines().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
                if (head.isEmpty()) {
                    return;
                }
                requests.add(head.toLowerCase(java.util.Locale.ROOT));
                skipBody(in, head);
                reply.write(connection.getOutputStream());
            }
        } catch (IOException | java.io.UncheckedIOException | InterruptedException _) {
            // The client has seen enough.
        }
    }

    private static void skipBody(BufferedReader in, String head) throws IOException {
        var length = head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                .findFirst();
        for (var left = length.orElse(0); left > 0; left--) {
            in.read();
        }
    }
}
