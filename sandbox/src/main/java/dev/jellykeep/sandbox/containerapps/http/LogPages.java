package dev.jellykeep.sandbox.containerapps.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.LogSource;
import dev.jellykeep.sandbox.containerapps.replica.LogSource.Query;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Logs over HTTP, one JSON object in a line, as `az containerapp logs show` prints them: `type=system`
/// (the default) of an `app`, a `revision`, a `replica`, or `type=console` of a `replica`'s `container`, of the newest
/// replica of the `app` or the `revision` where no `replica` is given; the last `tail` lines (20), and with
/// `follow=true` what comes after.
public final class LogPages implements HttpHandler {
    public static final String PATH = Listener.CONTROL + "/logs";

    private static final long LOOK_EVERY = 100;

    private final LogSource logs;

    public LogPages(LogSource logs) {
        this.logs = logs;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var raw = exchange.getRequestURI().getRawQuery();
        var query = Listener.query(raw == null ? "" : raw);
        try (exchange) {
            answer(exchange, query);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, Map<String, String> query) throws IOException, InterruptedException {
        try {
            write(exchange, wanted(query), query);
        } catch (IllegalArgumentException e) {
            var bytes = Json.object().put("error", e.getMessage()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(400, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void write(HttpExchange exchange, Query wanted, Map<String, String> query)
            throws IOException, InterruptedException {
        var tail = Integer.parseInt(query.getOrDefault("tail", "20"));
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson; charset=utf-8");
        exchange.sendResponseHeaders(200, 0);
        var lines = logs.read(wanted, 0);
        var all = lines.all();
        var out = exchange.getResponseBody();
        write(out, all.subList(Math.max(0, all.size() - tail), all.size()));
        while (Boolean.parseBoolean(query.getOrDefault("follow", "false"))) {
            Thread.sleep(LOOK_EVERY);
            lines = logs.read(wanted, lines.next());
            write(out, lines.all());
        }
    }

    private static void write(OutputStream out, List<String> lines) throws IOException {
        for (var line : lines) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }

    private Query wanted(Map<String, String> query) {
        var container = query.getOrDefault("container", "");
        var system = new Query.System(
                query.getOrDefault("app", ""), query.getOrDefault("revision", ""), query.getOrDefault("replica", ""));
        return switch (query.getOrDefault("type", "system")) {
            case "system" -> system;
            case "console" -> {
                if (container.isEmpty() || (system.app() + system.revision() + system.replica()).isEmpty()) {
                    throw new IllegalArgumentException(
                            "A console is one container's: give container, and app, revision or replica.");
                }
                yield new Query.Console(system.replica().isEmpty() ? newest(system) : system.replica(), container);
            }
            default -> throw new IllegalArgumentException("type is neither system nor console: give one of them.");
        };
    }

    /// The replica that was started last.
    private String newest(Query.System of) {
        return logs.read(of, 0).all().stream()
                .map(Json::object)
                .filter(event -> Json.text(event, "Reason").equals("AssigningReplica"))
                .map(event -> Json.text(event, "ReplicaName"))
                .reduce((_, later) -> later)
                .orElseThrow(() -> new IllegalArgumentException("No replica has been started there yet."));
    }
}
