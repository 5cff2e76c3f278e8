package dev.jellykeep.store.archives;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.layout.ArchiveName;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One listing of the prefix, sorted into what the names and the metadata say.
///
/// @param archives by name: ours and unknown ones directly below the prefix, under `forks/` and under `suspect/`
/// @param folders folder-style backups of an older tool: folder name → its blobs
public record Catalogue(Map<String, Item> archives, Map<String, List<BlobFacts>> folders) {

    /// One archive blob.
    ///
    /// @param facts null: not written by Jellykeep, or in a newer format
    public record Item(
            BlobFacts blob, BlobName place, @Nullable ArchiveFacts facts) {
        /// A newer version wrote it: it is not to be touched, and not an older tool's either.
        public boolean tooNew() {
            return facts == null && blob.metadata().containsKey(ArchiveFacts.MARK);
        }

        /// Directly below the prefix and not ours: an older tool's tarball.
        public boolean adoptable() {
            return place instanceof BlobName.ArchiveBlob && !blob.metadata().containsKey(ArchiveFacts.MARK);
        }

        public Optional<Archived> archived() {
            return Optional.ofNullable(facts).map(known -> known.archived(blob.name()));
        }
    }

    /// Lists the prefix.
    public static Catalogue of(BlobStore store) {
        return of(store, _ -> {});
    }

    /// Lists the prefix.
    ///
    /// @param each sees every blob of the same listing, archives or not
    public static Catalogue of(BlobStore store, Consumer<BlobFacts> each) {
        Map<String, Item> archives = new TreeMap<>();
        Map<String, List<BlobFacts>> folders = new TreeMap<>();
        store.list("", blob -> {
            each.accept(blob);
            BlobName place = BlobLayout.classify(blob.name());
            switch (place) {
                case BlobName.ArchiveBlob _, BlobName.ForkArchive _, BlobName.SuspectArchive _ ->
                    archives.put(
                            blob.name(),
                            new Item(
                                    blob,
                                    place,
                                    ArchiveFacts.from(blob.metadata()).orElse(null)));
                case BlobName.LegacyFolderFile(String folder, String _) ->
                    folders.computeIfAbsent(folder, _ -> new ArrayList<>()).add(blob);
                case BlobName.Lineage _,
                        BlobName.LineageAside _,
                        BlobName.Control _,
                        BlobName.Status _,
                        BlobName.Foreign _ -> {}
            }
        });
        return new Catalogue(archives, folders);
    }

    public Optional<Item> find(String name) {
        return Optional.ofNullable(archives.get(name));
    }

    /// Archives of ours directly below the prefix.
    public List<Archived> line() {
        return ours(BlobName.ArchiveBlob.class);
    }

    /// Archives of ours under `forks/`.
    public List<Archived> beside() {
        return ours(BlobName.ForkArchive.class);
    }

    private List<Archived> ours(Class<? extends BlobName> place) {
        return archives.values().stream()
                .filter(item -> place.isInstance(item.place()))
                .flatMap(item -> item.archived().stream())
                .toList();
    }

    /// Archives that the document doesn't name: forks too, and never pruned.
    public List<Item> unlisted(LineageDocument document) {
        return archives.values().stream()
                .filter(item -> item.facts() != null
                        && !(item.place() instanceof BlobName.SuspectArchive)
                        && !document.names(item.blob().name()))
                .toList();
    }

    public List<Item> suspects() {
        return archives.values().stream()
                .filter(item -> item.place() instanceof BlobName.SuspectArchive)
                .toList();
    }

    /// Names of older tools' archives, newest first by name: tarballs and folders together.
    public List<String> adoptable() {
        List<String> names = new ArrayList<>(folders.keySet());
        archives.values().stream()
                .filter(Item::adoptable)
                .forEach(item -> names.add(item.blob().name()));
        names.sort(Comparator.comparing((String name) -> name.substring(0, Math.min(name.length(), 21)))
                .reversed());
        return names;
    }

    public boolean isLegacyFolder(String name) {
        return folders.containsKey(name);
    }

    /// What transitions need to know of existing blobs.
    public Transitions.Lookup lookup() {
        return Transitions.Lookup.of(name -> find(name).flatMap(Item::archived));
    }

    /// The name for an archive made now.
    public static ArchiveName nextName(BlobStore store, LineageDocument document) {
        Optional<ArchiveName> head = document.head().flatMap(listed -> ArchiveName.parse(fileName(listed.name())));
        return ArchiveName.next(store.serviceTime(), head);
    }

    private static String fileName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
