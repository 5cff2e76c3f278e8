package dev.jellykeep.agent.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What makes a file a SQLite database, and which files belong to it. Source: sqlite.org/fileformat2.html §1.3.
public final class SqliteFiles {
    /// Endings of the files beside a database that belong to it.
    public static final List<String> SIDE_ENDINGS = List.of("-wal", "-shm", "-journal");

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private SqliteFiles() {}

    /// Opens the file and reads its first 16 bytes. Only while this process has no SQLite connection: closing a
    /// descriptor of a database drops the process's locks on it (sqlite.org/howtocorrupt.html §2.2).
    public static boolean hasMagic(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        }
    }

    public static boolean startsWithMagic(byte[] content) {
        return content.length >= MAGIC.length && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /// Name of the database that a side file of this name would belong to.
    public static Optional<String> ownerOf(String name) {
        return SIDE_ENDINGS.stream()
                .filter(name::endsWith)
                .map(ending -> name.substring(0, name.length() - ending.length()))
                .filter(owner -> !owner.isEmpty())
                .findFirst();
    }

    public static Path side(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    /// Removes the side files of a database that nobody has open.
    public static void removeSides(Path database) throws IOException {
        for (String ending : SIDE_ENDINGS) {
            Files.deleteIfExists(side(database, ending));
        }
    }
}
