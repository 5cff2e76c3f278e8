package dev.jellykeep.agent.data;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.report.ByteText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Room on the data volume. An overrun of a replica's ephemeral storage is an eviction, not an error, so it
/// is checked before anything is written.
public final class DiskSpace {
    /// Kept free for the app, and for what we don't count (manifest, lists).
    private static final long SLACK = 32L << 20;

    /// Linux's words for ENOSPC, which stands for files that can't be made too, and EDQUOT.
    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

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

    /// What to say of work that a failing file operation has ended: that there was no room, where that was it, although
    /// there had seemed to be enough.
    ///
    /// @param what failed, as "the backup of /config failed"
    public static AgentException failure(String what, IOException e) {
        String message = String.valueOf(e.getMessage());
        return FULL.stream().anyMatch(message::contains)
                ? new AgentException(
                        Reason.NO_SPACE, what + " (" + message + "): free some space on its volume and try again", e)
                : new AgentException(Reason.IO, what + ": " + message, e);
    }

    /// Bytes that the files of a volume take, by `stat` alone; what vanishes meanwhile doesn't count.
    public static long used(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.mapToLong(DiskSpace::size).sum();
        } catch (IOException | UncheckedIOException e) {
            throw new AgentException(Reason.IO, "what " + root + " takes can't be found out: " + e.getMessage(), e);
        }
    }

    private static long size(Path file) {
        try {
            return FileStat.of(file)
                    .filter(FileStat::isRegular)
                    .map(FileStat::size)
                    .orElse(0L);
        } catch (IOException e) {
            return 0;
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
