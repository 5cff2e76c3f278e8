package dev.jellykeep.agent.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.data.FileStat;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawDatabaseTest {
    private static final long LARGE = 256L << 20;

    @TempDir
    Path folder;

    /// A database is copied before its journal: a server that came in between would play the journal back and remove
    /// it,
    /// and the archive would hold half a transaction with nothing to undo it by.
    @Test
    void aServerThatStartsMeanwhileTearsTheCopy() throws Exception {
        Path database = Files.writeString(folder.resolve("plugin.db"), "SQLite format 3\0 and no more");
        try (RandomAccessFile log =
                new RandomAccessFile(folder.resolve("plugin.db-wal").toFile(), "rw")) {
            log.setLength(LARGE);
        }
        Path work = Files.createDirectory(folder.resolve("work"));
        AtomicBoolean locked = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        Thread watch = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                if (Files.exists(work.resolve("raw-wal")) && isLocked(database)) {
                    locked.set(true);
                }
                LockSupport.parkNanos(Duration.ofNanos(100_000).toNanos());
            }
        });
        try {
            assertThat(Objects.requireNonNull(RawDatabase.copy(database, work)))
                    .extracting(RawDatabase.Part::ending)
                    .containsExactly("", "-wal");
        } finally {
            over.set(true);
            watch.join();
        }
        assertThat(locked)
                .as("SQLite's lock is held while what belongs to the database is copied")
                .isTrue();
        assertThat(work.resolve("raw")).hasSameBinaryContentAs(database);
        assertThat(work.resolve("raw-wal")).hasSize(LARGE);
    }

    /// In Linux's own list, since asking for a lock in this process would lose the one that is held.
    private static boolean isLocked(Path file) {
        try {
            String inode = ":" + FileStat.of(file).orElseThrow().inode() + " ";
            return Files.readString(Path.of("/proc/locks")).contains(inode);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
