package dev.jellykeep.sandbox.replicas.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Lines in a file, in the order in which they came.
final class LogFile {
    private final Path path;

    LogFile(Path path) {
        this.path = path;
    }

    /// Adds a line.
    synchronized void append(String line) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + path + " can't be written.", e);
        }
    }

    /// The whole lines from a position on.
    synchronized Part read(long from) {
        if (!Files.exists(path)) {
            return new Part(List.of(), from);
        }
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            var length = file.length();
            var bytes = new byte[(int) Math.max(0, length - from)];
            file.seek(from);
            file.readFully(bytes);
            return new Part(new String(bytes, StandardCharsets.UTF_8).lines().toList(), length);
        } catch (IOException e) {
            throw new UncheckedIOException("The log " + path + " can't be read.", e);
        }
    }

    /// Lines, and where the next one begins.
    record Part(List<String> lines, long next) {}
}
