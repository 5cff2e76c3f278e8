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
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.retention.RetentionRules;
import dev.jellykeep.contract.schedule.Schedule;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private static final Duration FIRST_STATE_CHECK = Duration.ofSeconds(60);
    /// What is written before the app is known to be healthy, by a replica that ends then, is lost.
    private static final Duration ASK_HEALTH = Duration.ofMillis(500);

    private static final Duration NEVER_HEALTHY = Duration.ofMinutes(15);
    private static final int SUSPECTS_PER_REASON = 3;
    static final Set<Reason> NOT_YET = Set.of(Reason.NO_USER, Reason.WIZARD, Reason.MIN_SIZE);

    private final Tools tools;
    private final String me;
    private final Reading.Present first;
    private final long startedAtNanos;
    private Reading.@Nullable Present reading;
    private long polledAtNanos;
    private boolean pollAtOnce = true;
    private @Nullable Instant healthyAt;
    private @Nullable Instant due;
    private Instant dueSince = Instant.MIN;
    private boolean claimedNow;
    private boolean refusedAsNotYet;
    private @Nullable StillWriting savedLook;
    private @Nullable Instant lookedAt;
    private @Nullable StillWriting refusedLook;
    private Duration lastUpload = Duration.ofSeconds(5);
    private Optional<String> olderApp = Optional.empty();
    private boolean versionJudged;
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
    ///     before it has looked itself
    public Sidecar(Tools tools, String me, Reading.Present first) {
        this.tools = tools;
        this.me = me;
        this.first = first;
        this.startedAtNanos = tools.ticker().nanos();
    }

    /// Works until told to stop, then ends in good order.
    public void run(StopSignal stop) {
        ending = stop::isTold;
        while (!stop.isTold()) {
            Duration pause;
            try {
                turn();
                pause = untilNext();
            } catch (StoreException | AgentException e) {
                problem(String.valueOf(e.getMessage()));
                pause = min(RETRY, tools.poll());
            } catch (RuntimeException e) {
                problem("unexpected: " + e);
                pause = RETRY;
            }
            stop.await(pause);
        }
        Reading.Present known = reading == null ? first : reading;
        new FinalBackup(tools, me, stop, lastUpload, hasBeenHealthy(), this::mayHold, known).end();
    }

    private void turn() {
        askHealth();
        // before anything that the store may refuse: an outage makes changes older, not fewer
        noteUnsaved();
        poll();
        Reading.Present at = reading;
        if (at == null) {
            return;
        }
        judgeVersion(at);
        noteClaim();
        boolean mayBackUp = healthyAt != null || neverHealthy() || at.document().isHeldBy(me);
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
        } else if (mayBackUp && isDue() && !tools.requests().suspended()) {
            save(refusedAsNotYet ? ArchiveKind.FIRST : ArchiveKind.SCHEDULED);
        } else if (mayBackUp && at.document().isHeldBy(me)) {
            drill(at.document());
        }
        clearProblem();
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
        if (healthyAt == null && tools.probe().ask() == HealthProbe.Answer.HEALTHY) {
            Instant now = tools.clock().instant();
            healthyAt = now;
            dueSince = now;
            due = tools.schedule().first(now);
            tools.journal().info("app is healthy", "firstBackup", due);
            Optional<String> version = tools.probe().askVersion();
            tools.board().change(report -> {
                ReplicaReport.Restored restore = report.restore();
                return ReportDraft.of(report)
                        .appVersion(version.orElse(null))
                        .restore(restore == null || !tools.probe().canAsk() ? restore : restore.recovered(now))
                        .build();
            });
        }
    }

    /// Once, as soon as the app has said what it is.
    private void judgeVersion(Reading.Present at) {
        if (healthyAt != null && !versionJudged) {
            olderApp = OlderApp.judge(tools.probe().toldVersion(), at.document(), tools.store());
            versionJudged = true;
        }
    }

    /// Asked a last time: who has just been let in may have written, and the app may be told to stop a moment after.
    private boolean hasBeenHealthy() {
        return healthyAt != null || tools.probe().ask() == HealthProbe.Answer.HEALTHY;
    }

    private boolean neverHealthy() {
        return healthyAt == null && since(startedAtNanos).compareTo(NEVER_HEALTHY) > 0;
    }

    private void poll() {
        if (reading != null && !pollAtOnce && since(polledAtNanos).compareTo(tools.poll()) < 0) {
            return;
        }
        polledAtNanos = tools.ticker().nanos();
        pollAtOnce = false;
        Reading.Present before = reading;
        if (before == null) {
            reading = tools.document().get();
        } else {
            tools.lineage()
                    .readIfChanged(before)
                    .ifPresent(changed -> reading = changed instanceof Reading.Present present
                            ? present
                            : tools.document().get());
        }
        Reading.Present at = reading;
        if (at != null) {
            stand(at);
        }
    }

    private void stand(Reading.Present at) {
        Standing standing = Standing.of(at.document(), me, tools.lineage().holderIsStale(at));
        String phase = switch (standing) {
            case MINE -> "holding";
            case OTHER -> "standby";
            case GONE -> yielded ? "standby" : "waiting-for-app";
        };
        if (standing == Standing.GONE && healthyAt != null && !yielded && mayHold()) {
            claim();
            phase = "holding";
        }
        phase(phase);
    }

    private void claim() {
        tools.board().put(tools.store());
        LineageStore.Outcome outcome = tools.lineage()
                .apply(at ->
                        Transitions.claim(at.document(), me, tools.lineage().holderIsStale(at), true));
        if (outcome.document().isHeldBy(me)) {
            claimedNow = true;
            tools.journal().info("lineage claimed", "epoch", outcome.document().epoch());
        }
        reading = tools.lineage().require();
    }

    private boolean isDue() {
        Instant now = tools.clock().instant();
        Instant at = due;
        if (at == null) {
            due = tools.schedule().first(now);
            dueSince = now;
            return false;
        }
        return Schedule.isDue(dueSince, at, now);
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
            dueSince = tools.clock().instant();
            due = dueSince.plus(min(RETRY, tools.schedule().interval()));
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
            // whatever changed, the head has not got it
            unsaved(began);
        } else {
            savedLook = look;
            boolean movedSince = tools.exit().look().movedSince(look);
            tools.board()
                    .change(report -> ReportDraft.of(report)
                            .unsavedSince(movedSince ? began : null)
                            .build());
        }
        if (saved instanceof Saved.Promoted) {
            lastUpload = took;
            prune();
        } else if (saved instanceof Saved.Refused refused && refused.suspect() != null) {
            dropOldSuspects();
        }
        next(refusedAsNotYet);
        tools.board().put(tools.store());
    }

    private void next(boolean soon) {
        Instant now = tools.clock().instant();
        dueSince = now;
        due = soon
                ? now.plus(min(FIRST_STATE_CHECK, tools.schedule().interval()))
                : tools.schedule().nextAfter(now, tools.random());
        tools.board().change(report -> ReportDraft.of(report).nextDue(due).build());
    }

    private void dropOldSuspects() {
        try {
            tools.pruner().dropOldSuspects(Catalogue.of(tools.store()), SUSPECTS_PER_REASON);
        } catch (StoreException e) {
            tools.journal().warn("old suspects stay for now", "why", String.valueOf(e.getMessage()));
        }
    }

    private void prune() {
        RetentionRules rules = tools.rules();
        if (rules == null) {
            return;
        }
        dropOldSuspects();
        try {
            tools.pruner().prune(me, rules);
        } catch (StoreException | AgentException e) {
            tools.journal().warn("pruning put off", "why", String.valueOf(e.getMessage()));
        }
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
            due = tools.clock().instant();
            dueSince = due;
        }
        pollAtOnce = true;
        tools.board().put(tools.store());
    }

    /// Since when a change may be on this disk alone: the last look that showed none counts, so that no change is ever
    /// reported younger than it is.
    private void noteUnsaved() {
        StillWriting saved = savedLook;
        StillWriting now = tools.exit().look();
        Instant lastLook = lookedAt;
        lookedAt = tools.clock().instant();
        if (saved == null) {
            savedLook = now;
            // what another process of this replica said last; none: nothing can be said
            Instant said = tools.board().current().writtenAt();
            unsaved(said != null && now.writtenAfter(said) ? said : null);
        } else if (now.movedSince(saved)) {
            unsaved(lastLook);
        }
    }

    private void unsaved(@Nullable Instant since) {
        if (since != null && tools.board().current().unsavedSince() == null) {
            tools.board()
                    .change(report -> ReportDraft.of(report).unsavedSince(since).build());
        }
    }

    private void noteClaim() {
        if (claimedNow && healthyAt != null) {
            Reading.Present at = reading;
            ReplicaReport.Archive mine = tools.board().current().lastBackup();
            boolean headIsMine = at != null
                    && mine != null
                    && at.document().head().map(Listed::name).equals(Optional.of(mine.name()));
            if (mine != null && !headIsMine) {
                due = tools.clock().instant();
                dueSince = due;
            }
            claimedNow = false;
        }
        olderApp.ifPresent(this::problem);
        if (neverHealthy()) {
            problem("the app has not been healthy for " + NEVER_HEALTHY.toMinutes()
                    + " min (AppNeverHealthy): check JELLYKEEP_APP_HEALTH_URL; until then backups are forks only");
        }
    }

    private Duration untilNext() {
        Instant now = tools.clock().instant();
        Duration toPoll = pollAtOnce ? Duration.ZERO : tools.poll().minus(since(polledAtNanos));
        Duration wait = healthyAt == null ? min(toPoll, ASK_HEALTH) : toPoll;
        Instant at = due;
        if (at != null) {
            wait = min(wait, Schedule.untilDue(dueSince, at, now));
        }
        return wait.compareTo(Duration.ofMillis(50)) < 0 ? Duration.ofMillis(50) : wait;
    }

    private void phase(String phase) {
        if (!tools.board().current().phase().equals(phase)) {
            tools.journal().info("now " + phase);
            tools.board().change(report -> ReportDraft.of(report).phase(phase).build());
        }
    }

    private void problem(String sentence) {
        if (!tools.board().current().problems().contains(sentence)) {
            tools.journal().warn(sentence);
            List<String> problems = new ArrayList<>(tools.standingProblems());
            problems.add(sentence);
            tools.board()
                    .change(report -> ReportDraft.of(report).problems(problems).build());
        }
    }

    private void clearProblem() {
        if (!tools.board().current().problems().equals(tools.standingProblems())
                && !neverHealthy()
                && olderApp.isEmpty()) {
            tools.journal().info("recovered");
            tools.board()
                    .change(report -> ReportDraft.of(report)
                            .problems(tools.standingProblems())
                            .build());
        }
    }

    private Duration since(long nanos) {
        return tools.ticker().since(nanos);
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }
}
