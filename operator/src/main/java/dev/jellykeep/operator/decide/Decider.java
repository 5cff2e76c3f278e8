package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.settings.DurationText;
import dev.jellykeep.operator.api.DriftMode;
import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.api.RolloutStrategy;
import dev.jellykeep.operator.desired.Change;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Refusal;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.desired.WarningReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Decides what to do next; DESIGN §4.2. Nothing is sent that loses what a replica holds, unless the policy says so.
public final class Decider {
    /// While Azure works, or an app is about to be idle.
    static final Duration SOON = Duration.ofSeconds(15);

    private static final Duration LONG_WAIT = Duration.ofHours(24);
    private static final int SHOWN = 5;

    private Decider() {}

    public static Decision decide(Situation now) {
        Duration usual = time(now.spec().drift().checkInterval());
        Memory memory = now.memory()
                .within(now.now()
                        .minus(time(now.spec().drift().correctionBudget().window())));
        return switch (now.plan()) {
            case Refused refused ->
                Decision.of(Progress.stalled(refused.first().reason().text(), all(refused)), usual, memory);
            case Plan.UpToDate _ -> settled(now, memory, usual);
            case Plan.Patch patch -> pending(now, patch, memory, usual);
        };
    }

    static Duration time(String text) {
        return DurationText.parse(text).orThrow();
    }

    private static String all(Refused refused) {
        return refused.refusals().stream().map(Refusal::message).collect(Collectors.joining("; "));
    }

    private static Decision settled(Situation now, Memory memory, Duration usual) {
        Memory settled = now.digest() == null ? memory : memory.settled(now.digest(), now.generation());
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

    private static Decision pending(Situation now, Plan.Patch patch, Memory memory, Duration usual) {
        if (now.spec().mode() == Mode.PLAN) {
            return Decision.of(
                    Progress.ready(
                            "Planned", "mode is Plan: nothing was sent; the plan is in status.plan: " + shown(patch)),
                    usual,
                    memory);
        }
        if (now.busy()) {
            return Decision.of(
                    Progress.reconciling("Progressing", "Azure is at work on the app; the plan waits: " + shown(patch)),
                    SOON,
                    memory);
        }
        Optional<Decision> document = DocumentGate.stop(now, patch, memory, usual);
        if (document.isPresent()) {
            return document.get();
        }
        boolean drift = isDrift(now, patch, memory);
        if (drift && now.spec().drift().mode() == DriftMode.WARN) {
            Memory since = memory.drifting(now.now());
            return Decision.of(
                    Progress.ready(
                            "DriftReported",
                            "our parts were changed by " + by(now) + " and drift.mode is Warn: " + shown(patch)),
                    usual,
                    since);
        }
        if (drift
                && memory.corrections().size()
                        >= now.spec().drift().correctionBudget().max()) {
            return Decision.of(
                    Progress.stalled("ConflictingManager", conflict(now, patch, memory)),
                    usual,
                    memory.drifting(now.now()));
        }
        if (!patch.newRevision()) {
            return send(now, patch, drift, memory, "TemplatePatched", "identity settings sent: " + shown(patch));
        }
        if (now.running() == null) {
            return closer(memory);
        }
        return gated(now, patch, drift, memory);
    }

    private static Decision gated(Situation now, Plan.Patch patch, boolean drift, Memory memory) {
        Optional<Progress> failed = RolloutWatch.failure(now);
        if (failed.isPresent() && now.generation() == memory.appliedGeneration()) {
            return Decision.of(failed.get(), SOON, memory);
        }
        Running running = Objects.requireNonNull(now.running());
        boolean onShare = patch.warnings().stream().anyMatch(each -> each.reason() == WarningReason.AZURE_FILES);
        // two servers that write one share destroy its databases; and a new release rolls no app by surprise
        boolean overlap = now.spec().rollout().strategy() == RolloutStrategy.OVERLAP
                && !onShare
                && !(patch.onlyAgentImage() && now.spec().agent().image() == null);
        boolean unsaved = patch.firstInjection() || (overlap && running.anyUnsaved());
        if (unsaved && !onShare) {
            return switch (FirstInjectionGate.judge(now, running)) {
                case FirstInjectionGate.Verdict.Open(String why) ->
                    send(now, patch, drift, memory, "TemplatePatched", "injection sent: " + why);
                case FirstInjectionGate.Verdict.Shut(String sentence) ->
                    Decision.of(Progress.stalled("UnsavedDataWouldBeLost", sentence), SOON, memory);
            };
        }
        if (overlap || running.idle(now.latest())) {
            return send(now, patch, drift, memory, "TemplatePatched", "template sent: " + shown(patch));
        }
        String why = onShare
                ? "two servers must never write one share on Azure Files"
                : now.spec().rollout().strategy() == RolloutStrategy.WHEN_IDLE
                        ? "rollout.strategy is WhenIdle"
                        : "a new release of the operator alone is no reason to replace a running replica";
        return waiting(now, patch, why, drift ? memory.drifting(now.now()) : memory);
    }

    private static Decision waiting(Situation now, Plan.Patch patch, String why, Memory memory) {
        Running running = Objects.requireNonNull(now.running());
        Instant since = memory.waitingSince() == null ? now.now() : memory.waitingSince();
        Duration waited = Duration.between(since, now.now());
        // said once: at the first look after a day, which is less than SOON after it
        boolean told = waited.compareTo(LONG_WAIT) < 0 || waited.compareTo(LONG_WAIT.plus(SOON)) >= 0;
        return new Decision(
                Progress.reconciling(
                        "WaitingForIdle",
                        "waiting for replica " + running.names() + " to end, since " + why + "; to send: "
                                + shown(patch)),
                new Decision.Action.Nothing(),
                SOON,
                told
                        ? List.of()
                        : List.of(new Note(
                                true,
                                "WaitingForIdle",
                                "the app has not been idle for a day: let it scale to zero, or set rollout.strategy to"
                                        + " Overlap")),
                memory.waiting(since));
    }

    private static Decision send(
            Situation now, Plan.Patch patch, boolean drift, Memory memory, String reason, String message) {
        String correction = drift ? cost(now, memory) : null;
        Memory after = drift ? memory.corrected(now.now()) : memory;
        Memory settled = now.digest() == null ? after : after.settled(now.digest(), now.generation());
        return new Decision(
                Progress.reconciling("Progressing", message),
                new Decision.Action.Send(
                        patch.body(),
                        drift
                                ? new Note(true, "DriftCorrected", correction + "; put back: " + shown(patch))
                                : new Note(false, reason, message),
                        correction),
                SOON,
                List.of(),
                settled);
    }

    /// The injection is what it was when it last settled, and yet the app differs.
    private static boolean isDrift(Situation now, Plan.Patch patch, Memory memory) {
        return memory.applied() != null && memory.applied().equals(now.digest()) && !patch.onlyAgentImage();
    }

    private static String cost(Situation now, Memory memory) {
        Instant since = memory.driftSince() == null ? now.now() : memory.driftSince();
        return "our parts were changed by " + by(now) + "; revision " + now.latest() + " ran without them from " + since
                + " to " + now.now();
    }

    private static String conflict(Situation now, Plan.Patch patch, Memory memory) {
        return by(now) + " keeps changing our parts; they were put back "
                + memory.corrections().size()
                + " times within " + now.spec().drift().correctionBudget().window()
                + " and are left alone now: take them into that party's template (jellykeep-operator render), or make it"
                + " ignore them; missing: " + shown(patch);
    }

    private static String by(Situation now) {
        return now.lastWriter().isEmpty() ? "somebody" : now.lastWriter();
    }

    private static String shown(Plan.Patch patch) {
        List<Change> changes = patch.changes();
        return changes.stream().limit(SHOWN).map(Change::path).collect(Collectors.joining(", "))
                + (changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "");
    }
}
