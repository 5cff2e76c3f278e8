package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Writes a file to the disk while the rest of it is still on its way: a large database is there almost as soon as its
/// last byte has come, where the kernel alone would begin when it is told to finish. It promises nothing: who needs a
/// file on the disk forces it again, and waits for less.
final class WriteBehind implements AutoCloseable {
    /// Bytes. Each turn costs the file system an entry in its journal.
    private static final long STEP = 8 << 20;

    private final ExecutorService thread = WorkerThreads.pool("write-behind", 1);
    private @Nullable Future<?> turn;
    private long begun;

    /// @param written bytes of the file so far
    void grown(Path file, long written) {
        if (written < begun) {
            begun = 0;
        }
        if (written - begun >= STEP && (turn == null || turn.isDone())) {
            begun = written;
            begin(file);
        }
    }

    /// All of the file is written.
    void whole(Path file) {
        begun = 0;
        begin(file);
    }

    private void begin(Path file) {
        turn = thread.submit(() -> force(file));
    }

    private static void force(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        } catch (IOException _) {
            return;
        }
    }

    /// Ends after what has begun; nobody waits for it.
    @Override
    public void close() {
        thread.shutdown();
    }
}
