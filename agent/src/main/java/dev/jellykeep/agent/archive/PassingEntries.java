package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.SqliteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Writes down nothing but one database at a time, known by its first bytes.
final class PassingEntries implements EntrySink {
    private static final int MAGIC = 16;
    private static final int MOST_NAMES = 10_000;

    private final PassingDatabases databases;
    private final Set<String> names = new HashSet<>();
    private final byte[] buffer = new byte[1 << 16];

    PassingEntries(PassingDatabases databases) {
        this.databases = databases;
    }

    @Override
    public void folder(String path) {}

    @Override
    public void file(String path, long size, InputStream in, Chunk each) throws IOException {
        int first = in.readNBytes(buffer, 0, (int) Math.min(MAGIC, size));
        each.accept(buffer, first);
        if (first < MAGIC || !SqliteFiles.startsWithMagic(buffer)) {
            copy(in, size - first, OutputStream.nullOutputStream(), each);
            return;
        }
        if (!names.add(path) || names.size() > MOST_NAMES) {
            throw ArchiveRefused.hostile("it holds " + path + " twice, or more databases than anybody has");
        }
        Path file = databases.room(path, size);
        boolean whole;
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(buffer, 0, first);
            whole = copy(in, size - first, out, each);
        }
        if (whole) {
            databases.arrived(path, file);
        }
    }

    /// @return false if the source ended before
    private boolean copy(InputStream in, long size, OutputStream out, Chunk each) throws IOException {
        long left = size;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                return false;
            }
            out.write(buffer, 0, n);
            each.accept(buffer, n);
            left -= n;
        }
        return true;
    }

    @Override
    public void link(String path, String target) {}

    @Override
    public void finishLinks() {}

    @Override
    public void close() {}
}
