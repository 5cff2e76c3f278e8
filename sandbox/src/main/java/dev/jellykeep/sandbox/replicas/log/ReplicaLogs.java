package dev.jellykeep.sandbox.replicas.log;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.LogSource;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The logs of all replicas, in files that outlive them.
public final class ReplicaLogs implements LogSource {
    private static final DateTimeFormatter SYSTEM_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss '+0000 UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CONSOLE_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final InstantSource clock;
    private final LogFile system;
    private final Map<String, LogFile> consoles = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    public ReplicaLogs(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.system = new LogFile(folder.resolve("system.jsonl"));
    }

    /// Notes what a container printed.
    public void console(String replica, String container, String line) {
        var entry = Json.object().put("TimeStamp", CONSOLE_TIME.format(clock.instant()));
        consoleOf(replica, container).append(entry.put("Log", line).toString());
    }

    /// Notes something ordinary.
    public void normal(ReplicaOrder order, String reason, String message) {
        event(order, "Normal", reason, message);
    }

    /// Notes something that somebody should look at.
    public void warning(ReplicaOrder order, String reason, String message) {
        event(order, "Warning", reason, message);
    }

    @Override
    public Lines read(Query query, long from) {
        return switch (query) {
            case Query.Console(var replica, var container) -> {
                var part = consoleOf(replica, container).read(from);
                yield new Lines(part.lines(), part.next());
            }
            case Query.System wanted -> {
                var part = system.read(from);
                List<String> fitting =
                        part.lines().stream().filter(line -> fits(line, wanted)).toList();
                yield new Lines(fitting, part.next());
            }
        };
    }

    private void event(ReplicaOrder order, String type, String reason, String message) {
        var count = counts.merge(order.name() + " " + reason + " " + message, 1, Integer::sum);
        var entry = Json.object().put("TimeStamp", SYSTEM_TIME.format(clock.instant()));
        entry.put("Type", type)
                .put("ContainerAppName", order.app().substring(order.app().lastIndexOf('/') + 1))
                .put("RevisionName", order.revision())
                .put("ReplicaName", order.name())
                .put("Msg", message)
                .put("Reason", reason)
                .put("EventSource", "ContainerAppController")
                .put("Count", count);
        system.append(entry.toString());
    }

    private LogFile consoleOf(String replica, String container) {
        var name =
                (replica + "/" + container).replaceAll("[^A-Za-z0-9./-]", "_").replace("..", "_");
        return consoles.computeIfAbsent(
                name, key -> new LogFile(folder.resolve("console").resolve(key + ".jsonl")));
    }

    private static boolean fits(String line, Query.System wanted) {
        var entry = Json.object(line);
        return fits(Json.text(entry, "ContainerAppName"), wanted.app())
                && fits(Json.text(entry, "RevisionName"), wanted.revision())
                && fits(Json.text(entry, "ReplicaName"), wanted.replica());
    }

    private static boolean fits(String is, String wanted) {
        return wanted.isEmpty() || is.equalsIgnoreCase(wanted);
    }
}
