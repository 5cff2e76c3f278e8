package dev.jellykeep.contract.archive;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/// Writes `.jellykeep/manifest.json`, an archive's last entry, entry by entry, so that memory doesn't grow with the
/// number of files. Entries come in the order of the archive.
public final class ManifestWriter implements AutoCloseable {
    private final JsonWriter json;
    private final List<DatabaseRecord> databases = new ArrayList<>();
    private final SkippedFiles skipped = new SkippedFiles();
    private long entries;
    private long bytes;

    /// @param out taken over: closed by {@link #close}
    public ManifestWriter(OutputStream out) throws IOException {
        json = JsonProviders.createWriter(out);
        json.writeStartObject();
        json.writeIntField("format", ArchiveHeader.FORMAT);
        json.writeStartArray("entries");
    }

    public void entry(ManifestEntry entry) throws IOException {
        entry.writeTo(json);
        entries++;
        bytes += entry.size();
    }

    public void database(DatabaseRecord database) {
        databases.add(database);
    }

    public void skipped(Skipped file) {
        skipped.add(file);
    }

    /// Entries so far.
    public long entries() {
        return entries;
    }

    /// Bytes of content so far, uncompressed.
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeStartArray("databases");
        for (DatabaseRecord database : databases) {
            database.toJson().writeTo(json);
        }
        json.writeEndArray();
        json.writeStartArray("skipped");
        for (Skipped file : skipped.records()) {
            file.toJson().writeTo(json);
        }
        json.writeEndArray();
        json.writeLongField("entryCount", entries);
        json.writeLongField("byteCount", bytes);
        json.writeEndObject();
        json.close();
    }
}
