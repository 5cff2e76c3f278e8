package dev.jellykeep.agent.explorer;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the store holds.
///
/// @param document null: there is none
/// @param before the document before the last write, which an old read answers
/// @param gone archives that were deleted, for the invariants only
/// @param network a write that its agent has given up and that may still be done
/// @param used ETags that were given before; not part of the state, since only that a new one is new matters
record Blobs(
        @Nullable Document document,
        @Nullable Document before,
        Shelf shelf,
        Shelf gone,
        @Nullable Late network,
        Set<String> used) {

    /// @param parsed null: it can't be read
    record Document(String text, String etag, @Nullable LineageDocument parsed) {}

    /// @param actor who has given it up
    record Late(int actor, Call call) {}

    static Blobs of(@Nullable LineageDocument document, Shelf shelf) {
        Blobs empty = new Blobs(null, null, shelf, Shelf.EMPTY, null, Set.of());
        return document == null
                ? empty
                : empty.written(new String(LineageText.print(document), StandardCharsets.UTF_8));
    }

    Optional<LineageDocument> lineage() {
        return Optional.ofNullable(document).map(Document::parsed);
    }

    /// The document, or the one of a moment in which there was none or an unreadable one: nothing.
    @Nullable
    LineageDocument readable() {
        return document == null ? null : document.parsed();
    }

    Blobs written(String text) {
        String etag = "";
        for (int again = 0; etag.isEmpty() || used.contains(etag); again++) {
            etag = Long.toHexString(Fingerprint.of(again, text));
        }
        Set<String> more = new TreeSet<>(used);
        more.add(etag);
        LineageDocument parsed =
                LineageText.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof LineageText.Parsed.Readable(var it)
                        ? it
                        : null;
        return new Blobs(new Document(text, etag, parsed), document, shelf, gone, network, more);
    }

    Blobs withoutDocument() {
        return new Blobs(null, document, shelf, gone, network, used);
    }

    Blobs with(String name, Shelf.Archive archive) {
        return new Blobs(document, before, shelf.with(name, archive), gone, network, used);
    }

    Blobs without(String name) {
        Shelf.Archive deleted = shelf.find(name).orElseThrow();
        return new Blobs(document, before, shelf.without(name), gone.with(name, deleted), network, used);
    }

    Blobs with(@Nullable Late late) {
        return new Blobs(document, before, shelf, gone, late, used);
    }

    /// An archive, deleted or not.
    Optional<Shelf.Archive> ever(@Nullable String name) {
        return shelf.find(name).or(() -> gone.find(name));
    }

    /// @param withBefore old reads may still happen
    long fingerprint(boolean withBefore) {
        return Fingerprint.of(
                shelf.fingerprint(),
                gone.fingerprint(),
                document == null ? "none" : document.etag(),
                !withBefore || before == null ? "none" : before.etag(),
                network == null ? "none" : network.toString());
    }
}
