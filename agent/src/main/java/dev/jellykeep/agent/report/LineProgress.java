package dev.jellykeep.agent.report;

/// One journal line per 10 % of a transfer, for places where nobody watches. Transfers below 16 MiB say nothing.
public final class LineProgress implements Progress {
    private static final long WORTH_A_LINE = 16L << 20;

    private final Journal journal;
    private final String what;
    private final long total;
    private long nextPercent = 10;

    /// @param total bytes expected; an estimate is enough
    public LineProgress(Journal journal, String what, long total) {
        this.journal = journal;
        this.what = what;
        this.total = total;
    }

    @Override
    public void at(long done) {
        if (total < WORTH_A_LINE) {
            return;
        }
        long percent = Math.min(100, done * 100 / total);
        if (percent >= nextPercent) {
            journal.info(what, "percent", percent, "bytes", done, "of", total);
            nextPercent = percent / 10 * 10 + 10;
        }
    }
}
