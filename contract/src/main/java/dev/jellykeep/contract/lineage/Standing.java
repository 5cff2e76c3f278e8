package dev.jellykeep.contract.lineage;

/// Where a replica stands towards the lineage at one reading; protocol §3.
public enum Standing {
    /// Open, and I hold it.
    MINE,
    /// Nobody alive holds it: sealed, no holder, the holder is stale, or it is me after a seal.
    GONE,
    /// Another holds it and is alive.
    OTHER;

    public static Standing of(LineageDocument document, String me, boolean holderStale) {
        String holder = document.holder();
        if (document.isHeldBy(me)) {
            return MINE;
        }
        return document.sealed() || holder == null || holder.equals(me) || holderStale ? GONE : OTHER;
    }
}
