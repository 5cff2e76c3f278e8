package dev.jellykeep.agent.endtoend;

import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.sandbox.original.OriginalSetUp;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Server files that are costly to make and never changed: made once for all tests.
final class Samples {
    /// Users of {@link #server}.
    static final int USERS = 2;

    private static final Path WORK = work();
    private static @Nullable Path server;
    private static @Nullable OriginalSetUp original;

    private Samples() {}

    /// The volume of a stopped server in the official layout; to be copied.
    static synchronized Path server() {
        if (server == null) {
            Path root = WORK.resolve("sample");
            try (var running =
                    StandIn.in(JellyfinFolders.official(root)).users(USERS).start(WORK.resolve("logs"))) {
                long _ = running.stop(Duration.ofSeconds(30));
            }
            server = root;
        }
        return server;
    }

    /// What the hand-written scripts left behind.
    static synchronized OriginalSetUp original() throws IOException {
        if (original == null) {
            original = OriginalSetUp.make(WORK.resolve("original"));
        }
        return original;
    }

    private static Path work() {
        try {
            Path folder = Files.createTempDirectory("jellykeep-samples-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove-samples"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try {
            Workspace.deleteTree(folder);
        } catch (IOException e) {
            System.err.println("The samples in " + folder + " could not be removed: " + e.getMessage());
        }
    }
}
