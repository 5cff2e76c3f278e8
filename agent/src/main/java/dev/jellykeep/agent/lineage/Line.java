package dev.jellykeep.agent.lineage;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.archives.Catalogue;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// This replica's own line, found again after a restart; protocol §3.
///
/// @param tip last registered archive of the line; null: it began empty and nothing was saved yet
/// @param facts what the tip's metadata says; null where it isn't known
/// @param onFork the tip is in a fork of mine, which is news for the head
public record Line(@Nullable String tip, @Nullable ArchiveFacts facts, boolean onFork) {

    /// @param me replica id
    /// @param base archive that was restored here
    public static Line find(LineageDocument document, Catalogue catalogue, String me, @Nullable String base) {
        Optional<Listed> newest = Stream.concat(
                        document.history().stream(),
                        document.forks().stream().flatMap(fork -> fork.archives().stream()))
                .filter(listed -> catalogue
                        .find(listed.name())
                        .map(Catalogue.Item::facts)
                        .filter(facts -> facts.owner().equals(me))
                        .isPresent())
                .max(Comparator.comparingLong(Listed::sequence).thenComparingLong(Listed::epoch));
        String tip = newest.map(Listed::name).orElse(base);
        ArchiveFacts facts = tip == null
                ? null
                : catalogue.find(tip).map(Catalogue.Item::facts).orElse(null);
        boolean onFork = newest.isPresent()
                && document.forks().stream().map(Fork::archives).anyMatch(archives -> archives.contains(newest.get()));
        return new Line(tip, facts, onFork);
    }

    /// An own archive on top of the tip that was uploaded but never registered (its reply was lost, or the process
    /// died): to be registered before anything new is made.
    public Optional<Catalogue.Item> unregistered(LineageDocument document, Catalogue catalogue, String me) {
        long next = nextSequence(document);
        return catalogue.unlisted(document).stream()
                .filter(item -> {
                    ArchiveFacts known = item.facts();
                    return known != null
                            && known.lineage().equals(document.lineage())
                            && known.owner().equals(me)
                            && java.util.Objects.equals(known.parent(), tip)
                            && known.sequence() == next;
                })
                .max(Comparator.comparing((Catalogue.Item item) -> item.blob().name()));
    }

    /// Sequence of the archive that would follow.
    public long nextSequence(LineageDocument document) {
        if (facts != null) {
            return Listed.sequenceAfter(facts.sequence());
        }
        return Listed.sequenceAfter(document.listed()
                .filter(listed -> listed.name().equals(tip))
                .mapToLong(Listed::sequence)
                .max()
                .orElse(0));
    }
}
