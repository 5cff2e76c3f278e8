package dev.jellykeep.agent.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// `/livez` and `/readyz`. Ready as soon as the process runs: a sidecar's readiness gates the customer's
/// rollout, so it
/// never depends on backups.
final class ManagementServer implements AutoCloseable {
    private final HttpServer server;

    /// @param port 0: any free one
    ManagementServer(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/livez", ManagementServer::ok);
        server.createContext("/readyz", ManagementServer::ok);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
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
        server.stop(0);
    }
}
