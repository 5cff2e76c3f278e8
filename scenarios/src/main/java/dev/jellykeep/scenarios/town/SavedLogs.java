package dev.jellykeep.scenarios.town;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// Logs of replicas as files of a town's folder, which outlive the replicas' own.
final class SavedLogs {
    static final List<String> CONTAINERS = List.of(Ids.JELLYFIN, "jellykeep-restore", "jellykeep-agent");
    private static final JsonMapper JSON = new JsonMapper();

    private SavedLogs() {}

    /// Writes what the platform said, and what each container of each replica printed.
    static void write(Path folder, Arm arm) {
        try {
            Files.createDirectories(folder);
            var system = arm.system();
            Files.writeString(folder.resolve("system.jsonl"), system);
            var replicas = new TreeSet<String>();
            for (var line : system.lines().toList()) {
                replicas.add(JSON.readTree(line).path("ReplicaName").asText());
            }
            for (var replica : replicas) {
                for (var container : CONTAINERS) {
                    var text = arm.console(replica, container);
                    if (!text.isEmpty()) {
                        Files.writeString(folder.resolve(replica + "." + container + ".jsonl"), text);
                    }
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The platform's events are no JSON lines.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
