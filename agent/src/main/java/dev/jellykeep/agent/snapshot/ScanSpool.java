package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.contract.archive.EntryType;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A sequence of scanned files on disk, so that memory doesn't grow with their number. Private to one process.
final class ScanSpool {
    private ScanSpool() {}

    static final class Writer implements AutoCloseable {
        private final DataOutputStream out;

        Writer(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        }

        void add(ScannedFile file) throws IOException {
            out.writeByte(1);
            text(out, file.path());
            text(out, file.type().wireName());
            stat(out, file.stat());
            FileStat wal = file.wal();
            out.writeBoolean(wal != null);
            if (wal != null) {
                stat(out, wal);
            }
            String target = file.target();
            out.writeBoolean(target != null);
            if (target != null) {
                text(out, target);
            }
        }

        @Override
        public void close() throws IOException {
            out.writeByte(0);
            out.close();
        }
    }

    static final class Reader implements AutoCloseable {
        private final DataInputStream in;

        Reader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        }

        /// The next file; empty at the end.
        ///
        /// @throws EOFException if the spool was cut short
        Optional<ScannedFile> next() throws IOException {
            if (in.readByte() == 0) {
                return Optional.empty();
            }
            String path = text(in);
            EntryType type = EntryType.of(text(in));
            FileStat stat = stat(in);
            @Nullable FileStat wal = in.readBoolean() ? stat(in) : null;
            @Nullable String target = in.readBoolean() ? text(in) : null;
            return Optional.of(new ScannedFile(path, type, stat, wal, target));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    static void stat(DataOutputStream out, FileStat stat) throws IOException {
        out.writeInt(stat.type());
        out.writeInt(stat.mode());
        out.writeLong(stat.size());
        out.writeLong(stat.modified());
        out.writeLong(stat.changed());
        out.writeLong(stat.inode());
        out.writeLong(stat.uid());
        out.writeLong(stat.gid());
    }

    static FileStat stat(DataInputStream in) throws IOException {
        return new FileStat(
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
    }
}
