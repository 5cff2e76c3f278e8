package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Standing;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;

/// What comes before a restore while another replica runs: it is asked to back up at once, and waited for until it has,
/// or is gone, or time is up; protocol §4. It stays the holder, so whoever asks and dies leaves no trace.
///
/// One for all attempts of a process: they share the time.
public final class HandOff {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final Duration most;
    private final Ticker ticker;
    private final Journal journal;
    private long askedAtNanos;
    private boolean asked;
    private boolean over;

    /// @param most time to wait
    public HandOff(Duration most, Ticker ticker, Journal journal) {
        this.most = most;
        this.ticker = ticker;
        this.journal = journal;
    }

    /// Returns at once where nobody else holds the lineage, or where it has been waited for already.
    ///
    /// @param me replica id; empty where this one has none yet
    /// @return whether it has been waited: what was read before is old
    /// @throws dev.jellykeep.store.StoreException if the store can't be used; may be called again then
    boolean await(LineageStore lineage, Reading.Present known, String me) {
        if (over || Standing.of(known.document(), me, false) != Standing.OTHER) {
            return false;
        }
        LineageStore.Outcome outcome =
                lineage.apply(at -> Transitions.ask(at.document(), me, lineage.holderIsStale(at)));
        if (outcome instanceof LineageStore.Outcome.Refused) {
            return false;
        }
        begin(outcome.document());
        while (!ended(lineage, me)) {
            ticker.pause(LOOK_EVERY);
        }
        over = true;
        return true;
    }

    private void begin(LineageDocument document) {
        if (!asked) {
            asked = true;
            askedAtNanos = ticker.nanos();
            journal.info(
                    "another replica runs: asked it to save its newest data first",
                    "replica",
                    String.valueOf(document.holder()),
                    "atMost",
                    most);
        }
    }

    private boolean ended(LineageStore lineage, String me) {
        Duration waited = ticker.since(askedAtNanos);
        if (!(lineage.read() instanceof Reading.Present at)) {
            return true;
        }
        String head = at.document().head().map(Listed::name).orElse("none");
        if (Standing.of(at.document(), me, lineage.holderIsStale(at)) != Standing.OTHER) {
            journal.info("the other replica is gone", "head", head, "ms", waited.toMillis());
            return true;
        }
        if (!at.document().asked()) {
            journal.info("the other replica has answered", "head", head, "ms", waited.toMillis());
            return true;
        }
        if (waited.compareTo(most) >= 0) {
            journal.warn(
                    "the other replica did not answer in time: what it wrote since the head will be a fork",
                    "head",
                    head,
                    "ms",
                    waited.toMillis());
            return true;
        }
        return false;
    }
}
