package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.contract.archive.EntryType;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/// What my tip holds, kept beside the data so that "has anything changed?" costs no download and rehashes only what
/// moved. In the order of {@link PathOrder}. A lost or damaged index costs time, never correctness.
public final class TipIndex {
    /// File name in our own folder.
    public static final String FILE = "tip.index";

    private static final long TICK_NANOS = 20_000_000;
    private static final int FORMAT = 0x4a4b5432;

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
        private final CheckedOutputStream sum;
        private final DataOutputStream out;
        private final long begun;
        private boolean open = true;

        public Writer(Path file) throws IOException {
            this.file = file;
            this.draft = file.resolveSibling(file.getFileName() + ".draft");
            this.sum = new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)), new CRC32());
            this.out = new DataOutputStream(sum);
            out.writeInt(FORMAT);
            out.flush();
            this.begun = FileStat.of(draft).map(FileStat::changed).orElse(Long.MIN_VALUE);
        }

        /// File systems stamp times in ticks: what changed within the tick in which it was read looks as if it had
        /// held still. Such a file is hashed again.
        private boolean isTrusted(@Nullable FileStat stat) {
            return stat != null && stat.changed() < begun - TICK_NANOS;
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
            boolean trusted = isTrusted(row.stat()) && (row.wal() == null || isTrusted(row.wal()));
            optional(trusted ? row.stat() : null);
            optional(trusted ? row.wal() : null);
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
            out.writeLong(sum.getChecksum().getValue());
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
        return open(file, archive, null);
    }

    /// Opens the index if it is there, whole, and of `archive` with the content digest `content`.
    ///
    /// @param content null: whichever it has
    public static Optional<Reader> open(Path file, @Nullable String archive, @Nullable String content) {
        if (archive == null || !Files.isRegularFile(file) || !isOf(file, archive, content)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reader(Files.newInputStream(file)));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private static boolean isOf(Path file, String archive, @Nullable String content) {
        try (CheckedInputStream sum =
                        new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32());
                Reader reader = reader(sum)) {
            Optional<Row> row = reader.next();
            while (row.isPresent()) {
                row = reader.next();
            }
            boolean same = archive.equals(ScanSpool.text(reader.in));
            String known = ScanSpool.text(reader.in);
            long expected = sum.getChecksum().getValue();
            return same && (content == null || content.equals(known)) && reader.in.readLong() == expected;
        } catch (IOException | RuntimeException damaged) {
            return false;
        }
    }

    private static Reader reader(InputStream source) throws IOException {
        DataInputStream in =
                new DataInputStream(source instanceof CheckedInputStream ? source : new BufferedInputStream(source));
        if (in.readInt() != FORMAT) {
            in.close();
            throw new IOException("not a tip index");
        }
        return new Reader(in);
    }
}
