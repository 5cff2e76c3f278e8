package dev.jellykeep.agent.archive;

import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The list of what was extracted, in the archive's order, on disk.
public final class SeenEntries {
    private SeenEntries() {}

    /// One extracted entry.
    public record Seen(ManifestEntry entry, Instant modified) {}

    /// Writes the list.
    public static final class Writer implements AutoCloseable {
        private final DataOutputStream out;
        private boolean open = true;

        public Writer(Path file) throws IOException {
            out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        }

        public void add(ManifestEntry entry, Instant modified) throws IOException {
            out.writeByte(1);
            text(entry.path());
            text(entry.type().wireName());
            out.writeLong(entry.size());
            out.writeInt(entry.mode());
            out.writeLong(entry.uid());
            out.writeLong(entry.gid());
            text(entry.sha256());
            text(entry.target());
            out.writeLong(modified.toEpochMilli());
        }

        private void text(@Nullable String text) throws IOException {
            byte[] bytes = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }

        @Override
        public void close() throws IOException {
            if (open) {
                open = false;
                out.writeByte(0);
                out.close();
            }
        }
    }

    /// Reads the list.
    public static final class Reader implements AutoCloseable {
        private final DataInputStream in;

        public Reader(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
        }

        /// The next entry; empty at the end.
        public Optional<Seen> next() throws IOException {
            if (in.readByte() == 0) {
                return Optional.empty();
            }
            String path = text();
            EntryType type = EntryType.of(text());
            long size = in.readLong();
            int mode = in.readInt();
            long uid = in.readLong();
            long gid = in.readLong();
            String sha256 = text();
            String target = text();
            ManifestEntry entry = new ManifestEntry(
                    path,
                    type,
                    size,
                    mode,
                    uid,
                    gid,
                    sha256.isEmpty() ? null : sha256,
                    target.isEmpty() ? null : target,
                    null);
            return Optional.of(new Seen(entry, Instant.ofEpochMilli(in.readLong())));
        }

        private String text() throws IOException {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
