package dev.jellykeep.contract.lineage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A lost document, rebuilt from the archives' metadata; protocol §6.
public final class Rebuild {
    /// A stranger may have planted any number, and claims must still be able to count on.
    private static final long HIGHEST_EPOCH = Long.MAX_VALUE / 2;

    private Rebuild() {}

    /// The head is the highest (epoch, sequence) of those with epoch ≥ 1, history its existing ancestors,
    /// all others are forks; no head where only forks are left. Sealed, without holder. The newest pin
    /// token of the head's line counts as consumed.
    ///
    /// @param lineage archives of another are left out
    /// @param line archives with metadata of ours directly below the prefix
    /// @param beside archives under `forks/`
    public static LineageDocument of(UUID lineage, @Nullable String app, List<Archived> line, List<Archived> beside) {
        Map<String, Archived> byName = new HashMap<>();
        Stream.concat(line.stream(), beside.stream())
                .filter(each -> each.lineage().equals(lineage))
                .forEach(each -> byName.put(each.name(), each));
        List<Listed> history = new ArrayList<>();
        Set<String> onLine = new HashSet<>();
        Archived head = line.stream()
                .filter(each -> each.epoch() > 0 && each.lineage().equals(lineage))
                .max(Comparator.comparingLong(Archived::epoch)
                        .thenComparingLong(Archived::sequence)
                        .thenComparing(Archived::name))
                .orElse(null);
        String pin = null;
        for (Archived at = head; at != null && onLine.add(at.name()); at = parent(at, byName)) {
            history.addFirst(at.listed());
            pin = pin == null ? at.pinToken() : pin;
        }
        List<Fork> forks = byName.values().stream()
                .filter(each -> !onLine.contains(each.name()))
                .sorted(Comparator.comparing(Archived::name))
                .map(each -> new Fork(each.parent(), each.owner(), Fork.Why.REBUILT, List.of(each.listed())))
                .toList();
        long highest = byName.values().stream().mapToLong(Archived::epoch).max().orElse(0);
        long epoch = Math.min(highest, HIGHEST_EPOCH) + 1;
        return new LineageDocument(
                lineage, app, epoch, null, true, history, forks, false, List.of(), List.of(), pin, null);
    }

    private static @Nullable Archived parent(Archived archive, Map<String, Archived> byName) {
        String parent = archive.parent();
        return parent == null ? null : byName.get(parent);
    }
}
