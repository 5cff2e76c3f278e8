package dev.jellykeep.agent.snapshot;

/// How many links a snapshot may hold: a restore creates them last, and keeps them in memory until then. The one rule
/// for writing and for reading.
public final class LinkBudget {
    /// Links in one snapshot.
    public static final int MOST = 100_000;

    /// Bytes of memory for all names and targets.
    static final long MOST_TEXT = 24L << 20;

    private long links;
    private long text;

    /// Counts a link.
    ///
    /// @return false if it is one too many; it isn't counted then
    public boolean takes(String path, String target) {
        long more = memory(path) + memory(target);
        if (links == MOST || more > MOST_TEXT - text) {
            return false;
        }
        links++;
        text += more;
        return true;
    }

    private static long memory(String name) {
        return name.chars().allMatch(each -> each <= 0xFF) ? name.length() : 2L * name.length();
    }
}
