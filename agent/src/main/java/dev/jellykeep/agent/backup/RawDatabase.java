package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.SqliteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A database that SQLite can't copy, taken as raw bytes with its side files, but only while nobody has it open: an
/// exclusive lock on SQLite's lock bytes is held meanwhile (sqlite.org/src/file/src/os.h, PENDING_BYTE).
final class RawDatabase {
    private static final long PENDING_BYTE = 0x40000000L;
    private static final long LOCK_BYTES = 512;

    private RawDatabase() {}

    /// Copies the files into `work`. What is a link is not SQLite's, which follows none there, and is left out.
    ///
    /// @return the copies with the endings of their names, database first; null if another process has it open
    static @Nullable List<Part> copy(Path database, Path work) throws IOException {
        try (FileChannel channel = FileChannel.open(
                database, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            FileLock lock = channel.tryLock(PENDING_BYTE, LOCK_BYTES, false);
            if (lock == null) {
                return null;
            }
            List<Part> parts = new ArrayList<>();
            // through this channel: closing another one of the same file would give the lock away
            parts.add(part("", Channels.newInputStream(channel), work));
            for (String ending : List.of("-wal", "-journal")) {
                Path side = SqliteFiles.side(database, ending);
                if (Presence.isFile(side, LinkOption.NOFOLLOW_LINKS)) {
                    try (InputStream in = Files.newInputStream(side, LinkOption.NOFOLLOW_LINKS)) {
                        parts.add(part(ending, in, work));
                    }
                }
            }
            return parts;
        }
    }

    private static Part part(String ending, InputStream in, Path work) throws IOException {
        Path copy = work.resolve("raw" + ending);
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        return new Part(ending, copy);
    }

    /// One file of it.
    ///
    /// @param ending of its name, after the database's
    record Part(String ending, Path copy) {
        void delete() throws IOException {
            Files.deleteIfExists(copy);
        }
    }

    /// What the manifest says of such a file.
    static String note(String why) {
        return "raw bytes: " + why;
    }
}
