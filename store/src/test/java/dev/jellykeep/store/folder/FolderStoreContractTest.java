package dev.jellykeep.store.folder;

import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreContractTest extends BlobStoreContract {
    @TempDir
    private Path root;

    @Override
    protected BlobStore newStore() throws IOException {
        return sameStore();
    }

    @Override
    protected BlobStore sameStore() throws IOException {
        return FolderStore.open(Files.createDirectories(root.resolve("a/b")));
    }

    @Override
    protected BlobStore siblingStore() throws IOException {
        return FolderStore.open(Files.createDirectories(root.resolve("a/b-sibling")));
    }
}
