package dev.jellykeep.contract.lineage;

import org.jspecify.annotations.Nullable;

/// What a replica that is told to stop is, decided once by one reading; protocol §5.
public sealed interface Ending {
    /// It holds the lineage, or nobody does: its final snapshot becomes the head.
    ///
    /// @param epoch the epoch at the decision; a later one by another means that it has lost after all
    record Winner(long epoch) implements Ending {}

    /// Another is alive and holds: the final archive is a fork.
    record Loser() implements Ending {}

    /// @param lastKnownEpoch the last epoch read before SIGTERM, where this reading was made later than the
    ///     protocol wants (the store was out of reach, or a backup was under way): then it wins only if nobody
    ///     else has claimed since;
    ///     null: a timely reading
    static Ending decide(LineageDocument document, String me, boolean holderStale, @Nullable Long lastKnownEpoch) {
        Standing standing = Standing.of(document, me, holderStale);
        if (standing == Standing.OTHER) {
            return new Loser();
        }
        if (standing != Standing.MINE && lastKnownEpoch != null && document.epoch() != lastKnownEpoch) {
            return new Loser();
        }
        return new Winner(document.epoch());
    }

    /// As `decide`, for one whose very first reading was made later than the protocol wants: it wins only if
    /// nobody else has saved anything in a later epoch than that of the archive that it began with.
    ///
    /// @param base name of that archive; null: it began empty
    static Ending decideByBase(LineageDocument document, String me, boolean holderStale, @Nullable String base) {
        if (Standing.of(document, me, holderStale) == Standing.OTHER) {
            return new Loser();
        }
        long began = document.listed()
                .filter(each -> each.name().equals(base))
                .mapToLong(Listed::epoch)
                .findFirst()
                .orElse(-1);
        boolean later = document.head().filter(head -> head.epoch() > began).isPresent();
        return later && !me.equals(document.holder()) ? new Loser() : new Winner(document.epoch());
    }

    /// Has a winner lost since? True as soon as another replica has claimed a later epoch. A document that
    /// was rebuilt meanwhile has a later epoch too, but no holder: only a head of a later epoch tells of
    /// another's claim then.
    static boolean lostSince(Winner winner, LineageDocument document, String me) {
        if (document.epoch() <= winner.epoch()) {
            return false;
        }
        String holder = document.holder();
        return holder == null
                ? document.head().filter(head -> head.epoch() > winner.epoch()).isPresent()
                : !holder.equals(me);
    }
}
