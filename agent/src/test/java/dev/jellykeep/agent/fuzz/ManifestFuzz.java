package dev.jellykeep.agent.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestReader;
import dev.jellykeep.contract.archive.ManifestWriter;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.json.JsonFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An archive's manifest and header: refused with a sentence, or the same when written and read again.
class ManifestFuzz {
    @FuzzTest(maxDuration = "10m")
    void manifest(byte[] data) throws IOException {
        header(data);
        Parts parts = read(data);
        if (parts == null) {
            return;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ManifestWriter writer = new ManifestWriter(out)) {
            for (ManifestEntry entry : parts.entries) {
                writer.entry(entry);
            }
            parts.databases.forEach(writer::database);
            parts.skipped.forEach(writer::skipped);
        }
        Parts again = read(out.toByteArray());
        if (again == null
                || !again.entries.equals(parts.entries)
                || !again.databases.equals(parts.databases)
                || !again.skipped.equals(parts.skipped)) {
            throw new AssertionError("a manifest is another one when written and read again");
        }
    }

    private static void header(byte[] data) {
        if (ArchiveHeader.parse(data) instanceof ArchiveHeader.Parsed.Readable(ArchiveHeader header)
                && !ArchiveHeader.parse(header.toBytes()).equals(new ArchiveHeader.Parsed.Readable(header))) {
            throw new AssertionError("a header is another one when written and read again");
        }
    }

    private static @Nullable Parts read(byte[] data) throws IOException {
        Parts parts = new Parts();
        try {
            return ManifestReader.read(new ByteArrayInputStream(data), parts) instanceof ManifestReader.Outcome.Read
                    ? parts
                    : null;
        } catch (JsonFormatException refused) {
            return null;
        }
    }

    private static final class Parts implements ManifestReader.Visitor {
        private final List<ManifestEntry> entries = new ArrayList<>();
        private final List<DatabaseRecord> databases = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();

        @Override
        public void entry(ManifestEntry entry) {
            entries.add(entry);
        }

        @Override
        public void database(DatabaseRecord database) {
            databases.add(database);
        }

        @Override
        public void skipped(Skipped file) {
            skipped.add(file);
        }
    }
}
