package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One entry of a container's `volumeMounts`.
record Mount(
        String volume,
        Path path,
        String writtenPath,
        @Nullable String subPath) {
    static List<Mount> of(JsonNode container) {
        return Members.list(container, "volumeMounts").stream()
                .filter(mount -> mount.path("mountPath").asText().startsWith("/"))
                .map(mount -> new Mount(
                        mount.path("volumeName").asText(),
                        Path.of(mount.path("mountPath").asText()).normalize(),
                        mount.path("mountPath").asText(),
                        Members.text(mount, "subPath")))
                .toList();
    }

    /// The one that a path lies on: the nearest above it.
    static Optional<Mount> holding(List<Mount> mounts, Path path) {
        return mounts.stream()
                .filter(mount -> path.startsWith(mount.path))
                .max(Comparator.comparingInt(mount -> mount.path.getNameCount()));
    }

    JsonNode json() {
        var json = Members.JSON.objectNode().put("volumeName", volume).put("mountPath", writtenPath);
        return subPath == null ? json : json.put("subPath", subPath);
    }
}
