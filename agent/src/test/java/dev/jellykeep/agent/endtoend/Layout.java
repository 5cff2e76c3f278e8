package dev.jellykeep.agent.endtoend;

import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.nio.file.Path;

/// Where an image keeps Jellyfin's folders on the one volume that is saved.
enum Layout {
    OFFICIAL,
    LINUXSERVER,
    /// The hand-made set-up after its mend: the configuration was brought below the data folder.
    ORIGINAL;

    JellyfinFolders in(Path root) {
        return switch (this) {
            case OFFICIAL -> JellyfinFolders.official(root);
            case LINUXSERVER -> JellyfinFolders.linuxserver(root);
            case ORIGINAL -> JellyfinFolders.original(root, root.resolve("config"));
        };
    }
}
