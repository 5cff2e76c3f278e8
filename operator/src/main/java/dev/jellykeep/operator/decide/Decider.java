package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.contract.settings.DurationText;
import dev.jellykeep.operator.api.DriftMode;
import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.PreRolloutBackup;
import dev.jellykeep.operator.api.RolloutStrategy;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.desired.Change;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Refusal;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.desired.WarningReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Decides what to do next; DESIGN §4.2. Nothing is sent that loses what a replica holds, unless the policy says so.
public final class Decider {
    /// While Azure works, or an app is about to be idle.
    static final Duration SOON = Duration.ofSeconds(15);

    /// Between two looks at who runs: an app may be in use for days, and a look is three reads of ARM.
    static final Duration IDLE_WATCH = Duration.ofMinutes(1);

    private static final Duration UNCLEAR = Duration.ofMinutes(10);
    private static final Duration LONG_WAIT = Duration.ofHours(24);
    /// As long as an agent's heartbeat counts.
    private static final Duration LAST_WORDS = Duration.ofMinutes(2);

    private static final int SHOWN = 5;

    private Decider() {}

    public static Decision decide(Situation now) {
        Optional<Progress> unclear = unclear(now.spec());
        if (unclear.isPresent()) {
            return Decision.of(unclear.get(), UNCLEAR, now.memory());
        }
        Duration usual = time(now.spec().drift().checkInterval());
        Memory memory = now.memory()
                .at(now.now(), time(now.spec().drift().correctionBudget().window()));
        Optional<ArchivesView.Seen.Rollout> left = Recreate.underWay(now);
        if (left.isEmpty() && (memory.stopped() == null || now.archives() instanceof ArchivesView.Seen)) {
            return planned(now, memory.stopped(null), usual);
        }
        Running running = now.running();
        if (running == null) {
            return closer(memory);
        }
        if (left.isEmpty()) {
            return Recreate.unseen(planned(now, memory, usual), running, Objects.requireNonNull(memory.stopped()));
        }
        return Recreate.next(now, left.get(), running, memory).orElseGet(() -> {
            Decision decision = planned(now, memory, usual);
            boolean stuck = decision.action() instanceof Decision.Action.Nothing
                    && decision.progress().state() != Progress.State.RECONCILING;
            return stuck
                    ? Recreate.back(left.get().document(), decision.progress().message(), decision.memory())
                    : decision;
        });
    }

    private static Decision planned(Situation now, Memory memory, Duration usual) {
        return switch (now.plan()) {
            case Refused refused ->
                Decision.of(
                        Progress.stalled(refused.first().reason().text(), all(refused)), usual, memory.notWaiting());
            case Plan.UpToDate _ -> settled(now, memory, usual);
            case Plan.Patch patch -> pending(now, patch, memory, usual);
        };
    }

    /// The schema's pattern lets durations through that are too long for anybody.
    private static Optional<Progress> unclear(PolicySpec spec) {
        return Stream.of(
                        Map.entry("drift.checkInterval", spec.drift().checkInterval()),
                        Map.entry(
                                "drift.correctionBudget.window",
                                spec.drift().correctionBudget().window()),
                        Map.entry("rollout.maxWait", spec.rollout().maxWait()),
                        Map.entry("rollout.progressDeadline", spec.rollout().progressDeadline()))
                .flatMap(each -> DurationText.parse(each.getValue()) instanceof ParsedText.Bad<Duration>(String why)
                        ? Stream.of("spec." + each.getKey() + " is '" + each.getValue() + "': " + why)
                        : Stream.empty())
                .findFirst()
                .map(why -> Progress.stalled("InvalidSpec", why));
    }

    static Duration time(String text) {
        return DurationText.parse(text).orThrow();
    }

    private static String all(Refused refused) {
        return refused.refusals().stream().map(Refusal::message).collect(Collectors.joining("; "));
    }

    private static Decision settled(Situation now, Memory memory, Duration usual) {
        Memory settled = memory.settled(now.digest(), now.generation());
        if (now.busy()) {
            return Decision.of(
                    Progress.reconciling("AwaitingRevision", "Azure is still at work on " + now.latest()),
                    SOON,
                    settled);
        }
        if (RolloutWatch.isOpen(now) && now.running() == null) {
            return closer(memory);
        }
        Progress progress = RolloutWatch.judge(now);
        Running running = now.running();
        if (progress.reason().equals(RolloutWatch.FAILED) && running != null) {
            Optional<Decision> remedy = Remedy.of(now, running, progress, settled);
            if (remedy.isPresent()) {
                return remedy.get();
            }
        }
        return Decision.of(progress, progress.state() == Progress.State.RECONCILING ? SOON : usual, settled);
    }

    private static Decision closer(Memory memory) {
        return new Decision(
                Progress.reconciling("Progressing", "looking at revisions and replicas"),
                new Decision.Action.LookCloser(),
                Duration.ZERO,
                List.of(),
                memory);
    }

    private static Decision pending(Situation now, Plan.Patch patch, Memory known, Duration usual) {
        if (now.spec().mode() == Mode.PLAN) {
            return Decision.of(
                    Progress.ready(
                            "Planned", "mode is Plan: nothing was sent; the plan is in status.plan: " + shown(patch)),
                    usual,
                    known.notWaiting());
        }
        Optional<Decision> rest = Remedy.rest(now, known, usual);
        if (rest.isPresent()) {
            return rest.get();
        }
        Memory memory =
                Drift.lost(now, known) ? known.taken(Objects.requireNonNull(now.digest()), now.generation()) : known;
        boolean drift = Drift.is(now, patch, memory);
        if (drift) {
            memory = memory.drifting(now.now());
        }
        if (now.busy()) {
            return Decision.of(
                    Progress.reconciling("Progressing", "Azure is at work on the app; the plan waits: " + shown(patch)),
                    SOON,
                    memory);
        }
        if (drift && now.spec().drift().mode() == DriftMode.WARN) {
            return Decision.of(
                    Progress.ready(
                            "DriftReported",
                            "our parts were changed by " + Drift.by(now) + " and drift.mode is Warn: " + shown(patch)),
                    usual,
                    memory.notWaiting());
        }
        Optional<Decision> document = DocumentGate.stop(now, patch, memory, usual);
        if (document.isPresent()) {
            return document.get();
        }
        if (drift
                && memory.corrections().size()
                        >= now.spec().drift().correctionBudget().max()) {
            return Decision.of(
                    Progress.stalled("ConflictingManager", Drift.conflict(now, memory) + shown(patch)),
                    usual,
                    memory.notWaiting());
        }
        if (!patch.newRevision()) {
            return send(now, patch, drift, memory, "identity settings sent: " + shown(patch), List.of());
        }
        if (now.running() == null) {
            return closer(memory);
        }
        return gated(now, patch, drift, memory);
    }

    private static Decision gated(Situation now, Plan.Patch patch, boolean drift, Memory memory) {
        if (Recreate.underWay(now).isPresent()) {
            return send(now, patch, drift, memory, "template sent: " + shown(patch), Recreate.missing(now));
        }
        Optional<Progress> failed = RolloutWatch.failure(now);
        Running running = Objects.requireNonNull(now.running());
        boolean sameAgain = drift || now.generation() == memory.appliedGeneration();
        if (failed.isPresent() && sameAgain && !running.idle(now.latest())) {
            return Decision.of(failed.get(), IDLE_WATCH, memory);
        }
        boolean onShare = patch.warnings().stream().anyMatch(each -> each.reason() == WarningReason.AZURE_FILES);
        Way way = Way.of(now, patch, drift, memory, onShare);
        boolean bare = running.anyUnsaved() || !running.complete();
        boolean chosen = way != Way.WAIT && now.spec().rollout().strategy() != RolloutStrategy.WHEN_IDLE;
        if (!onShare && (patch.firstInjection() || (bare && chosen))) {
            return switch (FirstInjectionGate.judge(now, running)) {
                case FirstInjectionGate.Verdict.Open(String why) ->
                    send(now, patch, drift, memory, "injection sent: " + why, List.of());
                case FirstInjectionGate.Verdict.Shut(String sentence) ->
                    Decision.of(Progress.stalled("UnsavedDataWouldBeLost", sentence), IDLE_WATCH, memory);
            };
        }
        if (running.idle(now.latest())) {
            return lastWordsAwaited(now)
                    ? Decision.of(
                            Progress.reconciling(
                                    "WaitingForSeal",
                                    "no replica is listed any more, but its agent reported a moment ago and has not"
                                            + " sealed; to send: " + shown(patch)),
                            SOON,
                            memory)
                    : send(now, patch, drift, memory, "template sent: " + shown(patch), List.of());
        }
        if (way == Way.WAIT || (bare && !onShare)) {
            return waiting(now, patch, Way.why(now, onShare), memory);
        }
        return saved(now, patch, drift, memory, way, running);
    }

    /// What runs is saved, then replaced.
    private static Decision saved(
            Situation now, Plan.Patch patch, boolean drift, Memory memory, Way way, Running running) {
        if (!(now.archives() instanceof ArchivesView.Seen seen)) {
            return way == Way.OVERLAP && now.spec().rollout().preRolloutBackup() != PreRolloutBackup.REQUIRED
                    ? send(now, patch, drift, memory, "template sent: " + shown(patch), List.of())
                    : waiting(
                            now, patch, "the archives can't be seen, and with them whether a backup was made", memory);
        }
        return switch (BackupGate.judge(now, seen, running, patch)) {
            case BackupGate.Verdict.Shut(Progress progress) ->
                Decision.of(progress, progress.state() == Progress.State.STALLED ? IDLE_WATCH : SOON, memory);
            case BackupGate.Verdict.Ask(RolloutDocument rollout) ->
                new Decision(
                        Progress.reconciling(
                                "WaitingForBackup",
                                "asking replica " + running.names() + " for a backup before its template changes"),
                        new Decision.Action.Keep(rollout),
                        SOON,
                        List.of(),
                        memory);
            case BackupGate.Verdict.Open(List<String> archives, @Nullable Note note) -> {
                List<Note> notes = note == null ? List.of() : List.of(note);
                yield way == Way.OVERLAP
                        ? send(now, patch, drift, memory, "template sent: " + shown(patch), notes)
                        : Recreate.stop(
                                now.latest(),
                                BackupGate.document(now, seen, running, patch, Stage.STOPPING)
                                        .keeping(archives),
                                notes,
                                memory);
            }
        };
    }

    /// ARM no longer lists a replica whose agent may still be at its last backup.
    private static boolean lastWordsAwaited(Situation now) {
        return now.archives() instanceof ArchivesView.Seen seen
                && seen.document().filter(document -> !document.sealed()).isPresent()
                && seen.replicas().stream()
                        .anyMatch(each -> each.age().compareTo(LAST_WORDS) < 0
                                && each.report()
                                        .replica()
                                        .equals(seen.document().orElseThrow().holder())
                                && !each.report().phase().equals("ended"));
    }

    private static Decision waiting(Situation now, Plan.Patch patch, String why, Memory memory) {
        Instant since = memory.waitingSince() == null ? now.now() : memory.waitingSince();
        boolean tell = memory.waitingTold() == null
                && Duration.between(since, now.now()).compareTo(LONG_WAIT) >= 0;
        Memory waiting = memory.waiting(since);
        String names = Objects.requireNonNull(now.running()).names();
        return new Decision(
                Progress.reconciling(
                        "WaitingForIdle",
                        "waiting for replica " + names + " to end, since " + why + "; to send: " + shown(patch)),
                new Decision.Action.Nothing(),
                IDLE_WATCH,
                tell
                        ? List.of(new Note(
                                true,
                                "WaitingForIdle",
                                "the app has not been idle since " + since + ": let it scale to zero; " + why))
                        : List.of(),
                tell ? waiting.told(now.now()) : waiting);
    }

    private static Decision send(
            Situation now, Plan.Patch patch, boolean drift, Memory memory, String message, List<Note> notes) {
        String plan = " (plan " + patch.digest() + ")";
        String correction = drift ? Drift.cost(now, patch, memory) : null;
        Memory after = drift ? memory.corrected(now.now()) : memory;
        Memory settled = after.settled(now.digest(), now.generation());
        return new Decision(
                Progress.reconciling("Progressing", message + plan),
                new Decision.Action.Send(
                        patch.body(),
                        drift
                                ? new Note(true, "DriftCorrected", correction + "; put back: " + shown(patch) + plan)
                                : new Note(false, "TemplatePatched", message + plan),
                        correction),
                SOON,
                notes,
                settled);
    }

    private static String shown(Plan.Patch patch) {
        List<Change> changes = patch.changes();
        return changes.stream().limit(SHOWN).map(Change::path).collect(Collectors.joining(", "))
                + (changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "");
    }
}
