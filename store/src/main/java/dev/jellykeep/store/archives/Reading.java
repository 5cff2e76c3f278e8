package dev.jellykeep.store.archives;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoredBlob;
import java.time.Duration;

/// One reading of `lineage.json`.
public sealed interface Reading {
    /// @param age `Date − Last-Modified` of this reading
    record Present(LineageDocument document, String etag, Duration age) implements Reading {}

    record Missing() implements Reading {}

    /// Not a lineage document: saved aside before it is replaced.
    record Unreadable(String etag, String why) implements Reading {}

    /// Written by a newer version: never replaced.
    record TooNew(long format) implements Reading {}

    /// What a blob that was read as the lineage document says.
    static Reading of(StoredBlob blob) {
        if (blob.oversized()) {
            return new Unreadable(blob.etag(), "it has more than " + BlobStore.SMALL + " bytes");
        }
        return switch (LineageText.parse(blob.content())) {
            case LineageText.Parsed.Readable(LineageDocument document) ->
                new Present(document, blob.etag(), blob.age());
            case LineageText.Parsed.TooNew(long format) -> new TooNew(format);
            case LineageText.Parsed.Unreadable(String why) -> new Unreadable(blob.etag(), why);
        };
    }
}
