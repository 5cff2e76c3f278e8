package dev.jellykeep.scenarios;

import dev.jellykeep.sandbox.demo.Trees;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// Keeps the folder of a test that failed, and says where; deletes that of one that passed.
final class KeepLogs implements TestWatcher {
    private final Path kept;
    private Path folder;

    KeepLogs(Path kept) {
        this.kept = kept;
        this.folder = kept;
    }

    void of(Path ofTest) {
        folder = ofTest;
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        if (!folder.equals(kept)) {
            try {
                Trees.delete(folder);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        System.err.println("Logs of " + context.getDisplayName() + ": " + folder.toAbsolutePath());
    }
}
