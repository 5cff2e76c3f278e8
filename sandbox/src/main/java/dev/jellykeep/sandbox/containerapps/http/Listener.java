package dev.jellykeep.sandbox.containerapps.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Listens on the loopback interface, over HTTP or HTTPS.
public final class Listener implements AutoCloseable {
    /// Where steering goes, beside ARM.
    public static final String CONTROL = "/_sandbox";

    private final HttpServer http;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Answers arm;
    private final Answers control;

    private Listener(HttpServer http, String scheme, Answers arm, Answers control) {
        this.http = http;
        this.scheme = scheme;
        this.arm = arm;
        this.control = control;
    }

    /// Answers requests.
    @FunctionalInterface
    public interface Answers {
        Reply to(Request request) throws InterruptedException;
    }

    /// Starts listening.
    ///
    /// @param port 0 for any that is free
    /// @param tls null for HTTP
    public static Listener start(int port, @Nullable SSLContext tls, Answers arm, Answers control) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var listener = tls == null ? plain(address, arm, control) : secure(address, tls, arm, control);
            listener.http.createContext("/", listener::handle);
            listener.http.setExecutor(listener.threads);
            listener.http.start();
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException("The emulator can't listen on port " + port + ": give another.", e);
        }
    }

    private static Listener plain(InetSocketAddress address, Answers arm, Answers control) throws IOException {
        return new Listener(HttpServer.create(address, 0), "http", arm, control);
    }

    private static Listener secure(InetSocketAddress address, SSLContext tls, Answers arm, Answers control)
            throws IOException {
        var https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new Listener(https, "https", arm, control);
    }

    /// Has something else answer below a path.
    public void serve(String path, HttpHandler handler) {
        http.createContext(path, handler);
    }

    public URI uri() {
        return URI.create(scheme + "://localhost:" + http.getAddress().getPort());
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = read(exchange);
            var answers = request.path().startsWith(CONTROL + "/") ? control : arm;
            send(exchange, reply(answers, request));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    // A fault of the emulator's own is told as one: a closed connection would look like one that was scripted.
    private static Reply reply(Answers answers, Request request) throws InterruptedException {
        try {
            return answers.to(request);
        } catch (RuntimeException e) {
            var error = Json.object();
            error.putObject("error").put("code", "SandboxFailed").put("message", e.toString());
            return Reply.of(500, error);
        }
    }

    private Request read(HttpExchange exchange) throws IOException {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        var uri = exchange.getRequestURI();
        var host = headers.getOrDefault("host", uri().getAuthority());
        var rawQuery = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        return new Request(
                exchange.getRequestMethod(),
                uri.getPath(),
                rawQuery,
                query(rawQuery),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                scheme + "://" + host);
    }

    static Map<String, String> query(String raw) {
        var query = new HashMap<String, String>();
        for (var pair : raw.split("&", -1)) {
            var at = pair.indexOf('=');
            if (at > 0) {
                query.put(decode(pair.substring(0, at)).toLowerCase(Locale.ROOT), decode(pair.substring(at + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.status() == 0) {
            return;
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        var body = reply.body();
        if (body == null) {
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
