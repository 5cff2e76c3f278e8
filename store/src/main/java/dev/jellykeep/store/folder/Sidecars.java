package dev.jellykeep.store.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Metadata, a file per blob and ETag (lines `name=value`), written before the blob it belongs to: a reader finds that
/// of the content it sees, or none.
final class Sidecars {
    private final Path folder;

    Sidecars(Path folder) {
        this.folder = folder;
    }

    Map<String, String> read(String name, String etag) throws IOException {
        try {
            var metadata = new HashMap<String, String>();
            for (var line : Files.readAllLines(file(name, etag))) {
                var equals = line.indexOf('=');
                if (equals > 0) {
                    metadata.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
            return metadata;
        } catch (NoSuchFileException _) {
            return Map.of();
        }
    }

    void write(String name, String etag, Map<String, String> metadata) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        var target = file(name, etag);
        Files.createDirectories(folder(name));
        var lines = new TreeMap<>(metadata)
                .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
        var draft = folder(name).resolve(UUID.randomUUID() + ".draft");
        Files.write(draft, lines);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Removes what belongs to other contents than `kept`, or all of it.
    void forget(String name, @Nullable String kept) throws IOException {
        var keptFile = kept == null ? null : file(name, kept);
        try (var files = Files.newDirectoryStream(folder(name))) {
            for (var file : files) {
                if (!file.equals(keptFile)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            return;
        }
        if (kept == null) {
            Files.deleteIfExists(folder(name));
        }
    }

    private Path file(String name, String etag) {
        return folder(name).resolve(etag.replace("\"", ""));
    }

    /// A digest, as a name may be a folder on the way to another.
    private Path folder(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return folder.resolve(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
