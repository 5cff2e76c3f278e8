package dev.jellykeep.agent.data;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.report.ByteText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Room on the data volume. An overrun of a replica's ephemeral storage is an eviction, not an error, so it
/// is checked before anything is written.
public final class DiskSpace {
    /// Kept free for the app, and for what we don't count (manifest, lists).
    private static final long SLACK = 32L << 20;

    private DiskSpace() {}

    /// @param needed bytes about to be written
    /// @param used bytes that the volume's files take now; counts against the quota
    /// @param quota bytes of ephemeral storage of the replica; null: only the disk counts
    /// @throws AgentException NO_SPACE with the figures
    public static void require(Path folder, long needed, long used, @Nullable Long quota) {
        long free = free(folder);
        long allowed = quota == null ? free : Math.min(free, quota - used);
        if (needed + SLACK > allowed) {
            throw new AgentException(
                    Reason.NO_SPACE,
                    folder + " has room for " + ByteText.of(Math.max(0, allowed)) + " but "
                            + ByteText.of(needed + SLACK) + " are needed"
                            + (quota == null
                                    ? ": free some space on its volume"
                                    : " (quota " + ByteText.of(quota)
                                            + "): give the app more CPU, which brings more ephemeral storage"));
        }
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new AgentException(Reason.IO, "the free space of " + folder + " can't be found out", e);
        }
    }
}
