package dev.jellykeep.agent.endtoend;

import dev.jellykeep.store.BlobStore;
import java.util.Map;

/// Blobs as other tools leave them: without metadata.
final class Blobs {
    private Blobs() {}

    static void upload(BlobStore store, Map<String, byte[]> blobs) {
        blobs.forEach((name, content) -> {
            String _ = store.put(name, content, Map.of());
        });
    }
}
