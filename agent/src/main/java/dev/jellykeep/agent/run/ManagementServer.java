package dev.jellykeep.agent.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jellykeep.agent.report.Journal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// `/livez` and `/readyz`. Ready as soon as the process runs: a sidecar's readiness gates the customer's
/// rollout, so it never depends on backups.
public final class ManagementServer implements AutoCloseable {
    private final @Nullable HttpServer server;

    private ManagementServer(@Nullable HttpServer server) {
        this.server = server;
    }

    /// A port that can't be had is said, and harms nothing else.
    ///
    /// @param port 0: any free one
    public static ManagementServer start(int port, Journal journal) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
            server.createContext("/livez", ManagementServer::ok);
            server.createContext("/readyz", ManagementServer::ok);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            journal.info(
                    "serving /livez and /readyz", "port", server.getAddress().getPort());
            return new ManagementServer(server);
        } catch (IOException e) {
            journal.error("port can't be had: choose another one with JELLYKEEP_MANAGEMENT_PORT", "port", port);
            return new ManagementServer(null);
        }
    }

    private static void ok(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean get = exchange.getRequestMethod().equals("GET");
            byte[] body = (get ? "ok\n" : "only GET\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(get ? 200 : 405, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
    }
}
