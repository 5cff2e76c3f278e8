package dev.jellykeep.operator.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Answers `/livez` (this process answers), `/readyz` (its watches are healthy) and `/metrics`. Azure's health is
/// neither's
/// matter: restarting the operator wouldn't mend it.
public final class ManagementServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;

    private ManagementServer(HttpServer server) {
        this.server = server;
    }

    /// @param port 0: any free one
    public static ManagementServer start(int port, BooleanSupplier ready, Supplier<String> metrics) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.createContext("/livez", exchange -> answer(exchange, OK, "ok\n"));
        server.createContext("/readyz", exchange -> {
            boolean good = ready.getAsBoolean();
            answer(exchange, good ? OK : UNAVAILABLE, good ? "ok\n" : "not ready\n");
        });
        server.createContext("/metrics", exchange -> answer(exchange, OK, metrics.get()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return new ManagementServer(server);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            boolean get = exchange.getRequestMethod().equals("GET");
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(get ? status : METHOD_NOT_ALLOWED, get ? bytes.length : -1);
            if (get) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
