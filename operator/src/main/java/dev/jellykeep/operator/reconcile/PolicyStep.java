package dev.jellykeep.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.WriteOutcome;
import dev.jellykeep.operator.decide.Decider;
import dev.jellykeep.operator.decide.Decision;
import dev.jellykeep.operator.decide.Memory;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.PlanInput;
import dev.jellykeep.operator.desired.Planned;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.operator.status.ReplicaLook;
import dev.jellykeep.operator.status.StatusText;
import dev.jellykeep.operator.status.Truth;
import dev.jellykeep.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One reconcile of one policy: observe, plan, act, and how it ended. Writes at most once to ARM. Blocks; used by one
/// thread at a time.
final class PolicyStep {
    /// While somebody starts, of whom Blob doesn't tell yet.
    private static final Duration STARTING = Duration.ofMinutes(1);

    private static final int MOST_LOOKS = 4;
    private static final Progress OTHER_LEADS = Progress.reconciling("Progressing", "another operator leads now");

    private final Surroundings with;
    private final Looks looks;
    private final Rollouts rollouts;
    private final PolicyView policy;
    private final AppResourceId app;
    private final Folder folder;
    private final List<Note> notes = new ArrayList<>();
    private final Rest before;
    private Memory memory;
    private Rest rest;
    private boolean fresh = true;
    private boolean closer;

    /// @param remembered what the last step left behind; null: what status says
    /// @param before likewise
    PolicyStep(
            Surroundings with,
            Looks looks,
            Rollouts rollouts,
            PolicyView policy,
            AppResourceId app,
            Folder folder,
            @Nullable Memory remembered,
            @Nullable Rest before) {
        this.with = with;
        this.looks = looks;
        this.rollouts = rollouts;
        this.policy = policy;
        this.app = app;
        this.folder = folder;
        this.memory = remembered == null ? StatusText.memory(policy.status()) : remembered;
        this.before = before == null ? Rest.of(policy.status()) : before;
        this.closer = this.before instanceof Rest.Stirring;
        this.rest = closer ? this.before : new Rest.Unknown();
    }

    /// How the app was left, for the next step.
    Rest rest() {
        return rest;
    }

    Result run(List<Scope> scopes) {
        try {
            if (before instanceof Rest.Asleep known
                    && Rest.revisionsDo(
                            known,
                            policy.generation(),
                            with.clock().instant(),
                            Pace.usual(policy).multipliedBy(2))) {
                if (Rest.still(known, with.arm().revisions(app))) {
                    fresh = false;
                    return found(known.app(), scopes);
                }
                closer = true;
            }
            return anew(scopes);
        } catch (ArmException e) {
            return failed(e);
        }
    }

    private Result anew(List<Scope> scopes) {
        fresh = true;
        return switch (with.arm().app(app)) {
            case Reading.Absent<JsonNode>(String code, String message) ->
                lost(
                        Progress.stalled(
                                "InvalidTarget",
                                "there is no " + app + " (" + code + ": " + message
                                        + "): create it, or delete this policy"),
                        Truth.FALSE,
                        "NotFound",
                        Pace.usual(policy));
            case Reading.Found<JsonNode>(JsonNode found) -> found(found, scopes);
        };
    }

    private Result failed(ArmException e) {
        Progress progress = trouble(e);
        return lost(progress, Truth.UNKNOWN, progress.reason(), again(e));
    }

    private static Progress trouble(ArmException e) {
        String why = String.valueOf(e.getMessage());
        return e.passing()
                ? Progress.reconciling(
                        e.kind() == ArmException.Kind.THROTTLED ? "Throttled" : "ProgressingWithRetry", why)
                : Progress.stalled(e.kind() == ArmException.Kind.INVALID ? "InvalidSpec" : "Unauthorized", why);
    }

    private Duration again(ArmException e) {
        return e.retryAfter().orElse(e.passing() ? Pace.SOON.multipliedBy(2) : Pace.usual(policy));
    }

    private Result lost(Progress progress, Truth resolved, String reason, Duration again) {
        return new Result(
                new Outcome(
                        progress,
                        new Outcome.Target(resolved, reason, progress.message()),
                        null,
                        null,
                        memory,
                        policy.status() == null ? List.of() : policy.status().requests(),
                        Optional.empty()),
                again,
                notes);
    }

    private Result found(JsonNode found, List<Scope> scopes) {
        Optional<Progress> denied = Admission.denied(policy, found, scopes);
        if (denied.isPresent()) {
            Progress progress = Stopped.left(denied.get(), policy);
            return lost(progress, Truth.UNKNOWN, progress.reason(), Pace.usual(policy));
        }
        Situation now = situation(found, folder.look(Pace.blob(policy)), null);
        Decision decision = Decider.decide(now);
        if (!fresh && !(decision.action() instanceof Decision.Action.Nothing)) {
            return anew(scopes);
        }
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (decision.action() instanceof Decision.Action.LookBack(String revision)) {
                if (!(with.arm().template(app, revision) instanceof Reading.Found<JsonNode>(JsonNode template))) {
                    decision = Decision.waits(decision, Pace.usual(policy));
                    break;
                }
                now = now.with(template);
            } else if (decision.action() instanceof Decision.Action.LookCloser
                    || (now.running() == null && (closer || wantsRunning(now)))) {
                now = situation(found, folder.look(Pace.SOON), looks.running(app));
            } else if (decision.action() instanceof Decision.Action.CreateDocument(var document)) {
                if (!with.mayWrite().getAsBoolean()) {
                    return ended(now, OTHER_LEADS, Pace.SOON);
                }
                try {
                    folder.ask(requests -> requests.create(document));
                } catch (StoreException e) {
                    return ended(
                            now,
                            Progress.reconciling(
                                    "ProgressingWithRetry", "lineage.json can't be created: " + e.getMessage()),
                            Pace.SOON);
                }
                now = situation(found, folder.look(Duration.ZERO), now.running());
            } else {
                break;
            }
            decision = Decider.decide(now);
        }
        if (isRollout(now, decision) && !rollouts.begin(policy.uid(), Stopped.isBegun(now))) {
            return ended(
                    now,
                    Progress.reconciling(
                            "WaitingForTurn",
                            rollouts.most() + " other apps get another template now; this one waits for its turn"),
                    Pace.SOON);
        }
        return act(now, decision);
    }

    private Result act(Situation now, Decision decision) {
        notes.addAll(decision.notes());
        return switch (decision.action()) {
            case Decision.Action.Send send -> send(now, decision, send);
            case Decision.Action.Keep(RolloutDocument rollout) ->
                write(now, rollout, () -> {
                    memory = decision.memory();
                    return new Sending(Sending.Fate.ARRIVED, decision.progress(), decision.again());
                });
            case Decision.Action.Stop(String revision, RolloutDocument rollout, Note note) ->
                write(
                        now,
                        rollout,
                        () -> said(with.arm().deactivate(app, revision), decision, note, "RevisionNotStopped"));
            case Decision.Action.Start(String revision, @Nullable RolloutDocument rollout, Note note) ->
                write(
                        now,
                        rollout,
                        () -> said(with.arm().activate(app, revision), decision, note, "RevisionNotStarted"));
            case Decision.Action.Nothing _,
                    Decision.Action.LookCloser _,
                    Decision.Action.LookBack _,
                    Decision.Action.CreateDocument _ -> {
                memory = decision.memory();
                yield ended(now, decision.progress(), decision.again());
            }
        };
    }

    private static boolean isRollout(Situation now, Decision decision) {
        return switch (decision.action()) {
            case Decision.Action.Send _ ->
                now.plan() instanceof Plan.Patch patch && patch.newRevision() && !patch.firstInjection();
            case Decision.Action.Keep(RolloutDocument rollout) -> rollout.stage() == Stage.ASKED;
            case Decision.Action.Stop _ -> true;
            default -> false;
        };
    }

    /// Keeps what a rollout has come to, and only then does it: who is stopped in between leaves behind what the next
    /// operator has to know.
    ///
    /// @param rollout null: nothing is kept
    private Result write(Situation now, @Nullable RolloutDocument rollout, Supplier<Sending> what) {
        if (!with.mayWrite().getAsBoolean()) {
            return ended(now, OTHER_LEADS, Pace.SOON);
        }
        try {
            if (rollout != null) {
                folder.ask(requests -> requests.rollout(rollout));
            }
        } catch (StoreException e) {
            return ended(
                    now,
                    Progress.reconciling(
                            "ProgressingWithRetry", "control/rollout.json can't be written: " + e.getMessage()),
                    Pace.SOON);
        }
        try {
            Sending sent = what.get();
            return ended(now, sent.progress(), sent.again());
        } catch (ArmException e) {
            return ended(now, trouble(e), again(e));
        }
    }

    private Sending said(WriteOutcome outcome, Decision decision, Note note, String refused) {
        Sending sent = Sending.of(outcome, decision, refused, Pace.usual(policy));
        memory = decision.memory();
        if (sent.fate() == Sending.Fate.ARRIVED) {
            notes.add(note);
        }
        return sent;
    }

    private Situation situation(JsonNode found, ArchivesView archives, @Nullable Running running) {
        PlanInput input = new PlanInput(
                policy.name(),
                policy.spec(),
                found,
                lineage(app, found, archives),
                with.release(),
                looks.environment(found),
                null);
        Planned planned = Planner.look(input);
        return new Situation(
                app.value(),
                policy.spec(),
                policy.generation(),
                policy.annotations(),
                found,
                planned.plan(),
                planned.digest(),
                running,
                archives,
                memory,
                with.clock().instant(),
                policy.name(),
                null);
    }

    /// The document's; where that can't be seen the one that the app has, and for an app without any its own.
    static LineageId lineage(AppResourceId app, JsonNode found, ArchivesView archives) {
        if (archives instanceof ArchivesView.Seen seen && seen.document().isPresent()) {
            return new LineageId(seen.document().get().lineage());
        }
        return LiveInjection.of(found).map(LiveInjection::lineage).orElseGet(() -> LineageId.ofApp(app));
    }

    private Result send(Situation now, Decision decision, Decision.Action.Send send) {
        if (!with.mayWrite().getAsBoolean()) {
            return ended(now, OTHER_LEADS, Pace.SOON);
        }
        WriteOutcome outcome;
        try {
            outcome = with.arm().patch(app, send.body());
        } catch (ArmException e) {
            Stopped.refused(now, folder, !e.passing());
            return ended(now, trouble(e), Stopped.isBegun(now) ? Pace.SOON : again(e));
        }
        Sending sent = Sending.of(outcome, decision, "PatchRejected", Pace.usual(policy));
        switch (sent.fate()) {
            case ARRIVED -> {
                memory = decision.memory();
                notes.add(send.note());
            }
            case UNKNOWN -> {
                // it may have arrived, and then it was one
                memory = send.correction() == null ? memory : decision.memory();
                Stopped.refused(now, folder, false);
            }
            case GONE -> {
                return lost(sent.progress(), Truth.FALSE, "NotFound", sent.again());
            }
            case REFUSED -> Stopped.refused(now, folder, sent.progress().state() == Progress.State.STALLED);
        }
        return ended(now, sent.progress(), Stopped.isBegun(now) ? Pace.SOON : sent.again());
    }

    private Result ended(Situation now, Progress progress, Duration again) {
        tellVersions(now);
        Asking asking = Asking.of(
                policy, now, folder, with.clock().instant(), with.mayWrite().getAsBoolean());
        notes.addAll(asking.notes());
        Optional<String> trouble = RestoreTrouble.of(now);
        Outcome outcome =
                new Outcome(progress, Outcome.Target.FOUND, now, now.archives(), memory, asking.requests(), trouble);
        rest = Rest.after(now, progress, fresh);
        boolean starting = rest instanceof Rest.Stirring && trouble.isEmpty();
        Duration soonest = asking.open() ? Pace.SOON : starting ? STARTING : again;
        return new Result(outcome, soonest.compareTo(again) < 0 ? soonest : again, notes);
    }

    private void tellVersions(Situation now) {
        if (!(now.archives() instanceof ArchivesView.Seen seen)
                || seen.document().isEmpty()
                || LiveInjection.of(now.app()).isEmpty()
                || !with.mayWrite().getAsBoolean()
                || Asking.shut(policy, seen, now.appId()).isPresent()) {
            return;
        }
        VersionsTold.news(now, seen, () -> with.arm().revisions(app)).ifPresent(versions -> {
            try {
                folder.ask(requests -> requests.tell(versions));
            } catch (StoreException e) {
                notes.add(new Note(true, "RequestFailed", String.valueOf(e.getMessage())));
            }
        });
    }

    private static boolean wantsRunning(Situation now) {
        return ReplicaLook.wanted(LiveInjection.of(now.app()).isPresent(), now.archives())
                || Yielding.wanted(now.archives());
    }
}
