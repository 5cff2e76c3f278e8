package dev.jellykeep.agent.run;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.backup.Saved;
import dev.jellykeep.agent.data.StillWriting;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.lineage.Ending;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Refusal;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What happens between SIGTERM and the end: decide once, save at once, wait for the app's exit, save what it wrote
/// last, and call the head sealed only if nothing moved since; protocol §5 and DESIGN §3.5.
final class FinalBackup {
    private static final Duration MARGIN = Duration.ofSeconds(5);
    /// Until then the first reading after the signal is a timely one; protocol §5.
    private static final Duration TIMELY = Duration.ofSeconds(10);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Sidecar.Tools tools;
    private final String me;
    private final StopSignal stop;
    private final boolean healthy;
    private final BooleanSupplier mayHold;
    private final Reading.@Nullable Present lastReading;
    private final Duration deadline;

    /// @param lastUpload how long the last backup took
    /// @param healthy the app has been healthy once
    /// @param mayHold whether this replica may claim the lineage; asks the store
    /// @param lastReading the last one before the signal; null: there was none
    FinalBackup(
            Sidecar.Tools tools,
            String me,
            StopSignal stop,
            Duration lastUpload,
            boolean healthy,
            BooleanSupplier mayHold,
            Reading.@Nullable Present lastReading) {
        this.tools = tools;
        this.me = me;
        this.stop = stop;
        this.healthy = healthy;
        this.mayHold = mayHold;
        this.lastReading = lastReading;
        this.deadline = tools.grace().minus(lastUpload).minus(MARGIN);
    }

    void end() {
        tools.board().change(report -> ReportDraft.of(report).phase("ending").build());
        tools.journal().info("told to stop", "secondsLeft", deadline.toSeconds());
        Optional<Ending> ending = decide();
        if (ending.isEmpty()) {
            tools.journal().error("ended without a final backup: the store was out of reach until the deadline");
            return;
        }
        untilDone(ending.get());
        tools.board().change(report -> ReportDraft.of(report).phase("ended").build());
        attempt(() -> tools.board().put(tools.store()));
        tools.journal().info("ended");
    }

    private boolean timeLeft() {
        return stop.since().compareTo(deadline) < 0;
    }

    private Optional<Ending> decide() {
        boolean atOnce = true;
        while (true) {
            try {
                Reading.Present at = tools.document().get();
                boolean holderStale = tools.lineage().holderIsStale(at);
                boolean timely = atOnce && stop.since().compareTo(TIMELY) < 0;
                return Optional.of(decided(at.document(), holderStale, timely));
            } catch (StoreException | AgentException e) {
                if (!timeLeft()) {
                    return Optional.empty();
                }
                atOnce = false;
                pause();
            }
        }
    }

    private Ending decided(LineageDocument document, boolean holderStale, boolean timely) {
        if (timely) {
            return Ending.decide(document, me, holderStale, null);
        }
        return lastReading == null
                ? Ending.decideByBase(document, me, holderStale, tools.saver().base())
                : Ending.decide(
                        document, me, holderStale, lastReading.document().epoch());
    }

    private void untilDone(Ending ending) {
        while (true) {
            try {
                switch (ending) {
                    case Ending.Winner winner -> winner(winner);
                    case Ending.Loser() -> loser();
                }
                return;
            } catch (StoreException | AgentException e) {
                tools.journal().warn("final backup failed", "why", String.valueOf(e.getMessage()));
                SavedReport.failed(e, tools);
                if (!timeLeft()) {
                    tools.journal().error("ended without a final backup");
                    return;
                }
                pause();
            }
        }
    }

    private void loser() {
        tools.journal().warn("the lineage is not this replica's to extend: the final backup is a fork");
        tools.exit().await(this::timeLeft);
        save(false, () -> false);
    }

    private void winner(Ending.Winner winner) {
        LineageDocument document = tools.document().get().document();
        if (Ending.lostSince(winner, document, me)) {
            loser();
            return;
        }
        if (!document.isHeldBy(me) && !healthy) {
            tools.journal().info("nothing to save: the app has never been healthy here");
            return;
        }
        if (!document.isHeldBy(me) && !claim(winner)) {
            loser();
            return;
        }
        save(false, () -> false);
        AppExit.Gone gone = tools.exit().await(this::timeLeft);
        StillWriting look = gone.look();
        Saved last = save(true, () -> gone.gone() && tools.exit().look().sameAs(look));
        boolean saved = last instanceof Saved.Unchanged || last instanceof Saved.Promoted;
        if (gone.gone() && tools.exit().look().sameAs(look)) {
            tools.board()
                    .change(report -> ReportDraft.of(report).unsavedSince(null).build());
            seal(last);
        } else if (saved) {
            tools.journal().warn("the app was still writing at the end: the head is not called sealed");
            tools.lineage().apply(at -> Transitions.letGo(at.document(), me));
        }
    }

    /// Decided on what the claim is written over, since another may have come and gone after any earlier reading.
    private boolean claim(Ending.Winner winner) {
        if (!mayHold.getAsBoolean()) {
            return false;
        }
        LineageStore.Outcome outcome = tools.lineage().apply(at -> claimed(at, winner));
        return outcome.document().isHeldBy(me);
    }

    private Step claimed(Reading.Present at, Ending.Winner winner) {
        if (Ending.lostSince(winner, at.document(), me)) {
            return new Step.Refused("another has held it since");
        }
        return Transitions.claim(at.document(), me, tools.lineage().holderIsStale(at), true);
    }

    private void seal(Saved last) {
        Refusal refused =
                last instanceof Saved.Refused no ? new Refusal(no.reason().name(), no.suspect()) : null;
        LineageDocument document = tools.lineage()
                .apply(at -> Transitions.seal(at.document(), me, refused))
                .document();
        if (document.sealed() && me.equals(document.holder())) {
            tools.journal().info("lineage sealed", "epoch", document.epoch());
        }
    }

    private Saved save(boolean last, BooleanSupplier seal) {
        Instant began = tools.clock().instant();
        Saved saved = tools.saver().save(ArchiveKind.FINAL, Set.of(), last, seal);
        SavedReport.write(
                saved, ArchiveKind.FINAL, Duration.between(began, tools.clock().instant()), tools);
        return saved;
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            tools.journal().warn("last report not written", "why", String.valueOf(e.getMessage()));
        }
    }

    private void pause() {
        tools.ticker().pause(TRY_AGAIN);
    }
}
