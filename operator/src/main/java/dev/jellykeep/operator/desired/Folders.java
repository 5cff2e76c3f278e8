package dev.jellykeep.operator.desired;

import java.nio.file.Path;

/// Jellyfin's data and configuration folder, absolute and normalised, in its container.
record Folders(Path data, Path config) {
    /// Where the databases lie.
    Path databases() {
        return data.resolve("data");
    }

    /// Nearest common parent.
    Path root() {
        for (Path parent = data; parent != null; parent = parent.getParent()) {
            if (config.startsWith(parent)) {
                return parent;
            }
        }
        throw new IllegalStateException("not both absolute: %s, %s".formatted(data, config));
    }
}
