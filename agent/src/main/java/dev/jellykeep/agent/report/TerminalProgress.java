package dev.jellykeep.agent.report;

import java.io.PrintStream;

/// A line on a terminal that is rewritten as a transfer goes on.
public final class TerminalProgress implements Progress {
    private static final int WIDTH = 30;

    private final PrintStream terminal;
    private final String what;
    private final long total;
    private long shownPermille = -1;

    /// @param total bytes expected; an estimate is enough
    public TerminalProgress(PrintStream terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = Math.max(1, total);
    }

    @Override
    public void at(long done) {
        long permille = Math.min(1000, done * 1000 / total);
        if (permille == shownPermille) {
            return;
        }
        shownPermille = permille;
        int full = (int) (permille * WIDTH / 1000);
        terminal.printf(
                "\r%s [%s%s] %3d %%  %s ",
                what, "#".repeat(full), ".".repeat(WIDTH - full), permille / 10, ByteText.of(done));
        if (permille == 1000) {
            terminal.println();
        }
        terminal.flush();
    }
}
