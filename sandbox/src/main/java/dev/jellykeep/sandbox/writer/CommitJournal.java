package dev.jellykeep.sandbox.writer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/// A side file that lists the numbers of committed transactions, one a line, each written only after its commit
/// returned. Whatever it lists was committed, so a snapshot begun afterwards must hold it.
public final class CommitJournal implements AutoCloseable {

    private static final int TAIL = 64;

    private final FileChannel file;
    private final boolean sync;

    private CommitJournal(FileChannel file, boolean sync) {
        this.file = file;
        this.sync = sync;
    }

    /// Opens for appending.
    ///
    /// @param sync force each line to disk, so that the list survives a power loss too
    public static CommitJournal open(Path path, boolean sync) throws IOException {
        return new CommitJournal(
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                sync);
    }

    public void append(long number) throws IOException {
        var line = ByteBuffer.wrap((number + "\n").getBytes(StandardCharsets.US_ASCII));
        while (line.hasRemaining()) {
            int _ = file.write(line);
        }
        if (sync) {
            file.force(false);
        }
    }

    /// The last number listed, read at any time, also while it is being written; empty if there is none yet.
    public static OptionalLong last(Path path) throws IOException {
        if (!Files.exists(path)) {
            return OptionalLong.empty();
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            var tail = ByteBuffer.allocate((int) Math.min(TAIL, size));
            int _ = channel.read(tail, size - tail.capacity());
            String text = StandardCharsets.US_ASCII.decode(tail.flip()).toString();
            // What follows the last line end is a line half written.
            int end = text.lastIndexOf('\n');
            if (end < 0) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(Long.parseLong(text.substring(text.lastIndexOf('\n', end - 1) + 1, end)));
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
