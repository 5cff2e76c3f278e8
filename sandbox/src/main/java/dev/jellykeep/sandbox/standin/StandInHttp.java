package dev.jellykeep.sandbox.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.Executors;

/// Listens and hands each request to whoever answers at the time: the setup server first,
/// the server once it is up.
final class StandInHttp {

    private final HttpServer http;
    private volatile Answers answers;

    private StandInHttp(HttpServer http, Answers answers) {
        this.http = http;
        this.answers = answers;
    }

    /// Starts listening, on the loopback interface or everywhere.
    ///
    /// @throws StandInRefusal if the port is taken
    static StandInHttp listen(boolean everywhere, int port, Answers first) {
        try {
            var address = everywhere
                    ? new InetSocketAddress(port)
                    : new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var http = HttpServer.create(address, 0);
            var server = new StandInHttp(http, first);
            http.createContext("/", server::handle);
            http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            http.start();
            return server;
        } catch (java.net.BindException e) {
            throw new StandInRefusal("Port " + port + " is taken: give another with --port, or 0 for any free one.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return http.getAddress().getPort();
    }

    void answerWith(Answers next) {
        answers = next;
    }

    /// From now on connections are refused.
    void stop() {
        http.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Reply reply;
            try {
                reply = answers.to(exchange.getRequestMethod(), exchange.getRequestURI(), body);
            } catch (SQLException | RuntimeException e) {
                reply = new Reply(500, "The stand-in failed: " + e.getMessage());
            }
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", reply.body().startsWith("{") ? "application/json" : "text/plain");
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /// Answers requests.
    interface Answers {
        Reply to(String method, java.net.URI uri, String body) throws SQLException, IOException;
    }

    /// An answer; JSON if it begins with `{`, else plain text.
    record Reply(int status, String body) {

        static final Reply DONE = new Reply(204, "");

        static Reply ok(String body) {
            return new Reply(200, body);
        }
    }
}
