package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.contract.archive.EntryType;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What my tip holds, kept beside the data so that "has anything changed?" costs no download and rehashes only what
/// moved. In the order of {@link PathOrder}. A lost or damaged index costs time, never correctness.
public final class TipIndex {
    /// File name in our own folder.
    public static final String FILE = "tip.index";

    private static final int FORMAT = 0x4a4b5431;

    private TipIndex() {}

    /// One entry of the tip.
    ///
    /// @param stat what the file looked like when it was read; null: not known, so it is hashed again
    /// @param wal the same for a database's log
    public record Row(
            String path,
            EntryType type,
            long size,
            int mode,
            long uid,
            long gid,
            @Nullable String digest,
            @Nullable FileStat stat,
            @Nullable FileStat wal) {}

    /// Writes an index; not valid before {@link #finish}.
    public static final class Writer implements AutoCloseable {
        private final Path file;
        private final Path draft;
        private final DataOutputStream out;
        private boolean open = true;

        public Writer(Path file) throws IOException {
            this.file = file;
            this.draft = file.resolveSibling(file.getFileName() + ".draft");
            this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)));
            out.writeInt(FORMAT);
        }

        public void add(Row row) throws IOException {
            out.writeByte(1);
            ScanSpool.text(out, row.path());
            ScanSpool.text(out, row.type().wireName());
            out.writeLong(row.size());
            out.writeInt(row.mode());
            out.writeLong(row.uid());
            out.writeLong(row.gid());
            String digest = row.digest();
            ScanSpool.text(out, digest == null ? "" : digest);
            optional(row.stat());
            optional(row.wal());
        }

        private void optional(@Nullable FileStat stat) throws IOException {
            out.writeBoolean(stat != null);
            if (stat != null) {
                ScanSpool.stat(out, stat);
            }
        }

        /// Puts the index in place.
        ///
        /// @param archive name of the tip
        /// @param content the tip's content digest
        public void finish(String archive, String content) throws IOException {
            out.writeByte(0);
            ScanSpool.text(out, archive);
            ScanSpool.text(out, content);
            close();
            Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        public void close() throws IOException {
            if (open) {
                open = false;
                out.close();
            }
        }
    }

    /// Reads an index in order.
    public static final class Reader implements AutoCloseable {
        private final DataInputStream in;

        Reader(DataInputStream in) {
            this.in = in;
        }

        /// The next row; empty at the end.
        public Optional<Row> next() throws IOException {
            if (in.readByte() == 0) {
                return Optional.empty();
            }
            String path = ScanSpool.text(in);
            EntryType type = EntryType.of(ScanSpool.text(in));
            long size = in.readLong();
            int mode = in.readInt();
            long uid = in.readLong();
            long gid = in.readLong();
            String digest = ScanSpool.text(in);
            FileStat stat = in.readBoolean() ? ScanSpool.stat(in) : null;
            FileStat wal = in.readBoolean() ? ScanSpool.stat(in) : null;
            return Optional.of(new Row(path, type, size, mode, uid, gid, digest.isEmpty() ? null : digest, stat, wal));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /// Opens the index if it is there, whole, and of `archive`.
    public static Optional<Reader> open(Path file, @Nullable String archive) {
        if (archive == null || !Files.isRegularFile(file) || !archive.equals(archiveOf(file))) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Reader(header(file)));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private static @Nullable String archiveOf(Path file) {
        try (Reader reader = new Reader(header(file))) {
            Optional<Row> row = reader.next();
            while (row.isPresent()) {
                row = reader.next();
            }
            return ScanSpool.text(reader.in);
        } catch (IOException | RuntimeException damaged) {
            return null;
        }
    }

    private static DataInputStream header(Path file) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        if (in.readInt() != FORMAT) {
            in.close();
            throw new IOException("not a tip index");
        }
        return in;
    }
}
