package dev.jellykeep.agent.explorer;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.store.BlobFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The archives that the store holds. Never changed; known by a fingerprint, since it is compared all the time.
final class Shelf {
    static final Shelf EMPTY = new Shelf(new TreeMap<>());

    private final SortedMap<String, Archive> archives;
    private final List<BlobFacts> facts;
    private final long fingerprint;

    /// @param text what its data are, as digits; anything else can't be restored
    /// @param place what its metadata says; null: an older tool's
    record Archive(
            String text,
            Map<String, String> metadata,
            @Nullable ArchiveFacts place) {
        static Archive of(String text, Map<String, String> metadata) {
            return new Archive(text, metadata, ArchiveFacts.from(metadata).orElse(null));
        }

        BlobFacts facts(String name) {
            return new BlobFacts(name, 1, name, AskedStore.NOW, metadata);
        }

        int data() {
            return text.chars().allMatch(Character::isDigit) ? Integer.parseInt(text) : 0;
        }

        long epoch() {
            return place == null ? 0 : place.epoch();
        }

        @Nullable
        String parent() {
            return place == null ? null : place.parent();
        }

        boolean suspect() {
            return place != null && place.suspectReason() != null;
        }
    }

    private Shelf(SortedMap<String, Archive> archives) {
        this.archives = archives;
        List<BlobFacts> all = new ArrayList<>();
        long print = 0;
        for (Map.Entry<String, Archive> each : archives.entrySet()) {
            all.add(each.getValue().facts(each.getKey()));
            print = Fingerprint.of(
                    print,
                    each.getKey(),
                    each.getValue().text(),
                    new TreeMap<>(each.getValue().metadata()));
        }
        this.facts = List.copyOf(all);
        this.fingerprint = print;
    }

    Shelf with(String name, Archive archive) {
        SortedMap<String, Archive> more = new TreeMap<>(archives);
        more.put(name, archive);
        return new Shelf(more);
    }

    Shelf without(String name) {
        SortedMap<String, Archive> less = new TreeMap<>(archives);
        less.remove(name);
        return new Shelf(less);
    }

    Optional<Archive> find(@Nullable String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(archives.get(name));
    }

    SortedMap<String, Archive> all() {
        return archives;
    }

    List<BlobFacts> facts() {
        return facts;
    }

    long fingerprint() {
        return fingerprint;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Shelf shelf && shelf.fingerprint == fingerprint;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(fingerprint);
    }
}
