package dev.jellykeep.agent.attack.store;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/// A store that a stranger may write to, with the real installation's blobs in it.
///
/// @param ours the installation's store
/// @param theirs a store of another lineage with one archive
record Scene(BlobStore ours, BlobStore theirs, Random random) {
    static final String DOCUMENT = "lineage.json";

    /// A whole archive.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Archive(String name, byte[] bytes, ArchiveFacts facts) {}

    LineageDocument document() {
        byte[] text = ours.read(DOCUMENT).orElseThrow().content();
        return ((LineageText.Parsed.Readable) LineageText.parse(text)).document();
    }

    String head() {
        return document().head().map(Listed::name).orElseThrow();
    }

    Archive archive(String name) {
        return archive(ours, name);
    }

    /// The stranger's.
    Archive strange() {
        return archive(
                theirs, Catalogue.of(theirs).archives().keySet().iterator().next());
    }

    private static Archive archive(BlobStore store, String name) {
        Catalogue.Item item = Catalogue.of(store).find(name).orElseThrow();
        try (InputStream in = store.open(name, 0, item.blob().length())) {
            return new Archive(name, in.readAllBytes(), Objects.requireNonNull(item.facts()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void put(String name, byte[] bytes, Map<String, String> metadata) {
        String _ = ours.put(name, bytes, metadata);
    }

    /// An archive of ours beside the line, which the document doesn't name.
    void leaveFork() {
        Archive first = archive(document().history().getFirst().name());
        String owner = new UUID(random.nextLong(), random.nextLong()).toString();
        Map<String, String> metadata = new HashMap<>(first.facts().toMetadata());
        metadata.put("owner", owner);
        put("forks/" + owner + "/" + first.name(), first.bytes(), metadata);
    }

    void put(String name, String text) {
        put(name, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /// Changes the document's text.
    void edit(UnaryOperator<String> change) {
        byte[] text = ours.read(DOCUMENT).orElseThrow().content();
        put(DOCUMENT, change.apply(new String(text, StandardCharsets.UTF_8)));
    }

    /// Metadata that say that something is what would follow the head.
    Map<String, String> following(ArchiveFacts facts) {
        LineageDocument document = document();
        Map<String, String> metadata = new HashMap<>(facts.toMetadata());
        metadata.put("lineage", document.lineage().toString());
        metadata.put("epoch", Long.toString(document.epoch()));
        metadata.put("owner", document.holder() == null ? facts.owner() : document.holder());
        metadata.put("parent", head());
        metadata.put("sequence", Long.toString(document.head().orElseThrow().sequence() + 1));
        return metadata;
    }
}
