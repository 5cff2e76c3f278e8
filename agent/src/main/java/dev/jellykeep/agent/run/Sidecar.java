package dev.jellykeep.agent.run;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.backup.Saved;
import dev.jellykeep.agent.backup.Saver;
import dev.jellykeep.agent.data.StillWriting;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.prune.Pruner;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Standing;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.retention.RetentionRules;
import dev.jellykeep.contract.schedule.Schedule;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The running agent: one loop, one thing at a time. Each turn looks at the app, the lineage, the requests and the
/// schedule, and does what is due. Nothing that goes wrong ends it.
public final class Sidecar {
    private static final Duration RETRY = Duration.ofSeconds(30);
    /// What is written before the app is known to be healthy, by a replica that ends then, is lost.
    private static final Duration ASK_HEALTH = Duration.ofMillis(500);

    private static final Duration LEAST = Duration.ofMillis(50);
    static final Set<Reason> NOT_YET = Set.of(Reason.NO_USER, Reason.WIZARD, Reason.MIN_SIZE);

    private final Tools tools;
    private final String me;
    private final Reading.Present first;
    private final AppWatch app;
    private final DueTime due;
    private final UnsavedChanges unsaved;
    private final Problems problems;
    private final Tidying tidying;
    private Reading.@Nullable Present reading;
    private Reading.@Nullable Present beforeTheEnd;
    private long polledAtNanos;
    private boolean pollAtOnce = true;
    private boolean claimedNow;
    private boolean refusedAsNotYet;
    private @Nullable StillWriting refusedLook;
    private Duration lastUpload = Duration.ofSeconds(5);
    private boolean yielded;
    private BooleanSupplier ending = () -> false;

    /// What the loop works with.
    ///
    /// @param document reads the lineage document, and makes it anew where it is lost
    /// @param probe asks the app
    /// @param mayHold false: the data have no identity while the lineage has a head, so nothing is ever claimed
    /// @param rules null: retention settings are wrong, so nothing is pruned
    /// @param standingProblems wrong settings, reported as long as this process runs
    /// @param poll time between two looks at the lineage
    /// @param drills null: none are made
    public record Tools(
            BlobStore store,
            LineageStore lineage,
            Supplier<Reading.Present> document,
            Saver saver,
            Pruner pruner,
            Requests requests,
            AppProbe probe,
            AppExit exit,
            ReportBoard board,
            Schedule schedule,
            boolean mayHold,
            @Nullable RetentionRules rules,
            Duration poll,
            Duration grace,
            List<String> standingProblems,
            Journal journal,
            InstantSource clock,
            Ticker ticker,
            RandomGenerator random,
            @Nullable DrillTool drills) {
        public Tools {
            standingProblems = List.copyOf(standingProblems);
        }
    }

    /// @param me replica id
    /// @param first what the lineage was when this process began: all that it knows where it is told to stop
    ///     after that, and before it has looked itself
    public Sidecar(Tools tools, String me, Reading.Present first) {
        this.tools = tools;
        this.me = me;
        this.first = first;
        this.app = new AppWatch(tools.probe(), tools.ticker());
        this.due = new DueTime(tools.schedule(), tools.clock(), tools.random());
        this.unsaved = new UnsavedChanges(tools.exit(), tools.board(), tools.clock());
        this.problems = new Problems(tools.standingProblems(), tools.board(), tools.journal());
        this.tidying = new Tidying(tools.store(), tools.pruner(), me, tools.journal());
    }

    /// Works until told to stop, then ends in good order.
    public void run(StopSignal stop) {
        ending = stop::isTold;
        beforeTheEnd = stop.isTold() ? null : first;
        while (!stop.isTold()) {
            Duration pause;
            try {
                turn();
                pause = untilNext();
            } catch (StoreException | AgentException e) {
                problems.tell(String.valueOf(e.getMessage()));
                pause = DueTime.shorter(RETRY, tools.poll());
            } catch (RuntimeException e) {
                problems.tell("unexpected: " + e);
                pause = RETRY;
            }
            stop.await(pause);
        }
        new FinalBackup(tools, me, stop, lastUpload, app.hasBeenHealthy(), this::mayHold, beforeTheEnd).end();
    }

    private void turn() {
        askHealth();
        // before anything that the store may refuse: an outage makes changes older, not fewer
        unsaved.look();
        poll();
        Reading.Present at = reading;
        if (at == null) {
            return;
        }
        app.judge(at.document(), tools.store());
        noteClaim();
        app.tell(problems);
        boolean mayBackUp = app.isHealthy() || app.isGivenUp() || at.document().isHeldBy(me);
        List<String> asked = mayBackUp
                ? tools.requests()
                        .openBackups(at.document(), tools.board().current().answers())
                : List.of();
        Optional<Accept> accept = mayBackUp && at.document().isHeldBy(me)
                ? tools.requests().openAccept(tools.board().current().answers())
                : Optional.empty();
        if (mayBackUp && tools.requests().yieldAsked(me)) {
            leaveToAnother();
        } else if (accept.isPresent()) {
            accept(accept.get());
        } else if (!asked.isEmpty()) {
            answer(asked, save(tools.requests().kindOf(asked)));
        } else if (at.document().asked() && at.document().isHeldBy(me)) {
            handOff();
        } else if (mayBackUp && due.isDue() && !tools.requests().suspended()) {
            save(refusedAsNotYet ? ArchiveKind.FIRST : ArchiveKind.SCHEDULED);
        } else if (mayBackUp && at.document().isHeldBy(me)) {
            drill(at.document());
        }
        if (app.isFine()) {
            problems.over();
        }
    }

    /// One drill answers all that is asked.
    private void drill(LineageDocument document) {
        List<String> open = tools.requests().openDrills();
        DrillTool drills = tools.drills();
        if (open.isEmpty() || drills == null) {
            return;
        }
        ReplicaReport.Answer answer =
                drills.run(open.getFirst(), document, ending, tools.clock().instant(), tools.board());
        for (String request : open) {
            tools.board()
                    .change(report -> ReportDraft.of(report)
                            .answer(new ReplicaReport.Answer(request, answer.result(), answer.archive(), answer.at()))
                            .build());
        }
        tools.requests().settled(open);
        tools.board().put(tools.store());
    }

    /// Another replica waits for what is here. A promotion answers by itself; nothing to save, or a refusal, is said.
    private void handOff() {
        Saved saved = save(ArchiveKind.HANDOFF);
        if (!(saved instanceof Saved.Promoted)) {
            tools.lineage().apply(at -> Transitions.answer(at.document(), me));
        }
        pollAtOnce = true;
    }

    /// Protocol §6: what §5 does at SIGTERM, without the end. The app goes on writing here, so the head isn't called
    /// sealed.
    private void leaveToAnother() {
        Saved saved = save(ArchiveKind.HANDOFF);
        tools.lineage().apply(at -> Transitions.letGo(at.document(), me));
        yields();
        answer(List.of(Requests.yielding(me)), saved);
        pollAtOnce = true;
    }

    /// A request to yield holds for whoever starts anew in this replica too, so it is looked for before each claim.
    private boolean mayHold() {
        if (tools.mayHold() && !yielded && tools.requests().mustYield(me)) {
            yields();
        }
        return tools.mayHold() && !yielded;
    }

    private void yields() {
        if (!yielded) {
            tools.journal().warn("this replica was asked to yield: from now on its archives are forks");
        }
        yielded = true;
    }

    private void askHealth() {
        if (app.hasBecomeHealthy()) {
            tools.journal().info("app is healthy", "firstBackup", due.begin());
            app.report(tools.board(), tools.clock().instant());
        }
    }

    private void poll() {
        if (reading != null && !pollAtOnce && since(polledAtNanos).compareTo(tools.poll()) < 0) {
            return;
        }
        polledAtNanos = tools.ticker().nanos();
        pollAtOnce = false;
        Reading.Present before = reading;
        if (before == null) {
            know(tools.document().get());
        } else {
            tools.lineage()
                    .readIfChanged(before)
                    .ifPresent(changed -> know(
                            changed instanceof Reading.Present present
                                    ? present
                                    : tools.document().get()));
        }
        Reading.Present at = reading;
        if (at != null) {
            stand(at);
        }
    }

    /// What is read once the end has begun tells nothing of what was known before.
    private void know(Reading.Present at) {
        reading = at;
        if (!ending.getAsBoolean()) {
            beforeTheEnd = at;
        }
    }

    private void stand(Reading.Present at) {
        Standing standing = Standing.of(at.document(), me, tools.lineage().holderIsStale(at));
        String phase = switch (standing) {
            case MINE -> "holding";
            case OTHER -> "standby";
            case GONE -> yielded ? "standby" : "waiting-for-app";
        };
        if (standing == Standing.GONE && app.isHealthy() && !yielded && mayHold()) {
            phase = claim() ? "holding" : phase;
        }
        phase(phase);
    }

    private boolean claim() {
        tools.board().put(tools.store());
        LineageStore.Outcome outcome = tools.lineage()
                .apply(at -> ending.getAsBoolean()
                        ? new Step.Refused("told to stop, which is decided on once")
                        : Transitions.claim(at.document(), me, tools.lineage().holderIsStale(at), true));
        boolean mine = outcome.document().isHeldBy(me);
        if (mine) {
            claimedNow = true;
            tools.journal().info("lineage claimed", "epoch", outcome.document().epoch());
        }
        know(tools.lineage().require());
        return mine;
    }

    private Saved save(ArchiveKind kind) {
        StillWriting look = tools.exit().look();
        StillWriting refused = refusedLook;
        if (kind == ArchiveKind.SCHEDULED && refused != null && refused.sameAs(look) && !refusedAsNotYet) {
            next(false);
            LineageDocument document = tools.lineage().require().document();
            return new Saved.Unchanged(document, null);
        }
        Instant began = tools.clock().instant();
        try {
            Saved saved = tools.saver().save(kind, Set.of(), false, () -> false);
            settled(saved, look, began, kind);
            return saved;
        } catch (StoreException | AgentException e) {
            SavedReport.failed(e, tools);
            due.retry(RETRY);
            throw e;
        }
    }

    private void settled(Saved saved, StillWriting look, Instant began, ArchiveKind kind) {
        refusedAsNotYet = saved instanceof Saved.Refused refused && NOT_YET.contains(refused.reason());
        refusedLook = saved instanceof Saved.Refused ? look : null;
        claimedNow = false;
        Duration took = Duration.between(began, tools.clock().instant());
        SavedReport.write(saved, kind, took, tools);
        if (saved instanceof Saved.Refused) {
            unsaved.refused(began);
        } else {
            unsaved.saved(look, began);
        }
        if (saved instanceof Saved.Promoted) {
            lastUpload = took;
            tidying.afterPromotion(tools.rules());
        } else if (saved instanceof Saved.Refused refused && refused.suspect() != null) {
            tidying.dropOldSuspects();
        }
        next(refusedAsNotYet);
        tools.board().put(tools.store());
    }

    private void next(boolean soon) {
        Instant next = due.next(soon);
        tools.board().change(report -> ReportDraft.of(report).nextDue(next).build());
    }

    private void answer(List<String> requests, Saved saved) {
        Instant now = tools.clock().instant();
        for (String request : requests) {
            tools.board()
                    .change(report -> ReportDraft.of(report)
                            .answer(SavedReport.answer(request, saved, now))
                            .build());
        }
        tools.requests().settled(requests);
        tools.board().put(tools.store());
    }

    /// What was written since that snapshot is looked for at once.
    private void accept(Accept wish) {
        ReplicaReport.Answer answer = Acceptance.of(wish, me, tools);
        boolean promoted = answer.result().equals(Acceptance.PROMOTED);
        tools.board()
                .change(report -> ReportDraft.of(report)
                        .refused(promoted ? null : report.refused())
                        .answer(answer)
                        .build());
        if (promoted) {
            refusedLook = null;
            due.atOnce();
        }
        pollAtOnce = true;
        tools.board().put(tools.store());
    }

    private void noteClaim() {
        if (claimedNow && app.isHealthy()) {
            Reading.Present at = reading;
            ReplicaReport.Archive mine = tools.board().current().lastBackup();
            boolean headIsMine = at != null
                    && mine != null
                    && at.document().head().map(Listed::name).equals(Optional.of(mine.name()));
            if (mine != null && !headIsMine) {
                due.atOnce();
            }
            claimedNow = false;
        }
    }

    private Duration untilNext() {
        Duration toPoll = pollAtOnce ? Duration.ZERO : tools.poll().minus(since(polledAtNanos));
        Duration wait = due.orUntil(app.isHealthy() ? toPoll : DueTime.shorter(toPoll, ASK_HEALTH));
        return wait.compareTo(LEAST) < 0 ? LEAST : wait;
    }

    private void phase(String phase) {
        if (!tools.board().current().phase().equals(phase)) {
            tools.journal().info("now " + phase);
            tools.board().change(report -> ReportDraft.of(report).phase(phase).build());
        }
    }

    private Duration since(long nanos) {
        return tools.ticker().since(nanos);
    }
}
