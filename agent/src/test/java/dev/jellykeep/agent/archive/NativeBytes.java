package dev.jellykeep.agent.archive;

import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestWriter;
import dev.jellykeep.contract.archive.Roles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/// Builds archives that say they are ours, with a manifest that may lie.
final class NativeBytes {
    static final ArchiveHeader HEADER = new ArchiveHeader(
            UUID.fromString("6c84fb90-12c4-11e1-840d-7b25c5ee775a"),
            "replica-1",
            1,
            7,
            null,
            ArchiveKind.SCHEDULED,
            "10.11.0",
            new Roles("", "config"),
            Instant.parse("2026-01-31T12:00:00Z"),
            "0.1.0");

    final TarBytes tar = new TarBytes();
    final List<ManifestEntry> entries = new ArrayList<>();
    final List<DatabaseRecord> databases = new ArrayList<>();

    static NativeBytes begun() {
        NativeBytes archive = new NativeBytes();
        archive.tar.entry('0', ArchiveHeader.ENTRY, "", HEADER.toBytes());
        return archive;
    }

    /// Two files and a folder, all true.
    static NativeBytes small() {
        return begun().folder("data").file("data/a", "first").file("data/b", "second");
    }

    NativeBytes folder(String path) {
        tar.folder(path + "/");
        entries.add(new ManifestEntry(path, EntryType.DIRECTORY, 0, 0755, 1000, 1000, null, null, null));
        return this;
    }

    NativeBytes file(String path, String content) {
        tar.file(path, content);
        entries.add(entry(path, content));
        return this;
    }

    static ManifestEntry entry(String path, String content) {
        return new ManifestEntry(
                path, EntryType.FILE, TarBytes.bytes(content).length, 0644, 1000, 1000, sha256(content), null, null);
    }

    byte[] manifest() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ManifestWriter writer = new ManifestWriter(text)) {
            for (ManifestEntry entry : entries) {
                writer.entry(entry);
            }
            databases.forEach(writer::database);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }

    NativeBytes withManifest(byte[] text) {
        tar.entry('0', ArchiveWriter.MANIFEST, "", text);
        return this;
    }

    byte[] gz() {
        return withManifest(manifest()).tar.end().gz();
    }

    static String sha256(String content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(TarBytes.bytes(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
