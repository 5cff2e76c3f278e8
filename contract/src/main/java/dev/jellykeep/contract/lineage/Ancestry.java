package dev.jellykeep.contract.lineage;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a line left the head's history; protocol §4, last paragraph of the table.
///
/// @param shared number of history entries that are shared, from the oldest
/// @param own the fork entry that ends with the line's tip, if there is one
public record Ancestry(int shared, Optional<Fork> own) {

    /// @param tip last registered archive of the line; null: it began empty
    /// @param parentOf parent in the metadata of an *existing* blob; null where the blob or its parent is
    ///     not known. If the walk breaks, nothing is shared, which is always safe.
    public static Ancestry of(
            LineageDocument document, @Nullable String tip, Function<String, @Nullable String> parentOf) {
        Optional<Fork> own = document.forks().stream()
                .filter(fork -> fork.tip().name().equals(tip))
                .findFirst();
        String at = own.isPresent() ? own.get().base() : tip;
        Set<String> seen = new HashSet<>();
        while (at != null && document.indexInHistory(at) < 0) {
            at = seen.add(at) ? parentOf.apply(at) : null;
        }
        return new Ancestry(document.indexInHistory(at) + 1, own);
    }
}
