package dev.jellykeep.sandbox.replicas.probe;

/// A probe's results in a row; one of the two is 0.
public record Streak(int successes, int failures) {
    public static final Streak NONE = new Streak(0, 0);

    /// After another result.
    public Streak after(boolean success) {
        return success ? new Streak(successes + 1, 0) : new Streak(0, failures + 1);
    }

    /// Whether it is a success by now.
    public boolean good(Probe probe) {
        return successes >= probe.successes();
    }

    /// Whether it is a failure by now.
    public boolean bad(Probe probe) {
        return failures >= probe.failures();
    }
}
