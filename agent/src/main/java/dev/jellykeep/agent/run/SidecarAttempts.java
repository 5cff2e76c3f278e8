package dev.jellykeep.agent.run;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.store.StoreException;
import java.time.Duration;

/// Goes at the sidecar's work until it has ended in good order, whatever keeps it from being set up. Who is told to
/// stop before it began still goes at it: it may hold the lineage, and the final backup is part of the work.
public final class SidecarAttempts {
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Duration AGAIN_AT_THE_END = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final StopSignal stop;
    private final Duration grace;
    private final Ticker ticker;
    private final Journal journal;
    private String said = "";

    /// @param grace from the signal to the end of the process
    public SidecarAttempts(StopSignal stop, Duration grace, Ticker ticker, Journal journal) {
        this.stop = stop;
        this.grace = grace;
        this.ticker = ticker;
        this.journal = journal;
    }

    /// Returns when it has been told to stop, and the work is done, or can't be: what the store has refused is tried
    /// again as long as the grace period lasts, anything else isn't.
    ///
    /// @param work returns only when it has been told to stop
    public void run(Runnable work) {
        while (true) {
            boolean told = stop.isTold();
            boolean mayPass = true;
            try {
                work.run();
                return;
            } catch (StoreException e) {
                say(e.kind() + ": " + e.getMessage());
            } catch (AgentException e) {
                say(e.reason() + ": " + e.getMessage());
                mayPass = false;
            } catch (RuntimeException e) {
                say("unexpected " + e);
                mayPass = false;
            }
            if (told && !(mayPass && timeLeft())) {
                journal.error("ended without a final backup: " + said);
                return;
            }
            if (told) {
                ticker.pause(AGAIN_AT_THE_END);
            } else {
                boolean _ = stop.await(AGAIN);
            }
        }
    }

    private void say(String sentence) {
        if (!sentence.equals(said)) {
            journal.error("not protecting anything yet: " + sentence);
        }
        said = sentence;
    }

    private boolean timeLeft() {
        return stop.since().plus(MARGIN).compareTo(grace) < 0;
    }
}
