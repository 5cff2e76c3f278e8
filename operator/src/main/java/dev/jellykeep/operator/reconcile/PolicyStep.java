package dev.jellykeep.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.settings.DurationText;
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
import dev.jellykeep.operator.desired.Identities;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.PlanInput;
import dev.jellykeep.operator.desired.Planned;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.scope.ScopeVerdict;
import dev.jellykeep.operator.scope.Wish;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.operator.status.ProtectedRule;
import dev.jellykeep.operator.status.StatusText;
import dev.jellykeep.operator.status.Truth;
import dev.jellykeep.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One reconcile of one policy: observe, plan, act, and how it ended. Writes at most once to ARM. Blocks; used by one
/// thread at a time.
final class PolicyStep {
    /// Blob is looked at no more often than this while nothing is open.
    private static final Duration BLOB_USUAL = Duration.ofMinutes(10);

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int MOST_LOOKS = 4;
    private static final Progress OTHER_LEADS = Progress.reconciling("Progressing", "another operator leads now");

    private final Surroundings with;
    private final Looks looks;
    private final PolicyView policy;
    private final AppResourceId app;
    private final Folder folder;
    private final List<Note> notes = new ArrayList<>();
    private Memory memory;

    /// @param remembered what the last step left behind; null: what status says
    PolicyStep(
            Surroundings with,
            Looks looks,
            PolicyView policy,
            AppResourceId app,
            Folder folder,
            @Nullable Memory remembered) {
        this.with = with;
        this.looks = looks;
        this.policy = policy;
        this.app = app;
        this.folder = folder;
        this.memory = remembered == null ? StatusText.memory(policy.status()) : remembered;
    }

    /// Before Azure is asked anything.
    ///
    /// @return empty if the policy may go on
    static Optional<Result> refused(PolicyView policy, List<PolicyView> all, List<Scope> scopes) {
        Memory memory = StatusText.memory(policy.status());
        if (AppResourceId.parse(policy.spec().containerApp().resourceId())
                instanceof ParsedText.Bad<AppResourceId>(String why)) {
            return Optional.of(
                    unseen(policy, Progress.stalled("InvalidSpec", "containerApp.resourceId: " + why), memory));
        }
        if (ScopeVerdict.judge(Wish.of(policy.name().namespace(), policy.spec()), scopes)
                instanceof ScopeVerdict.Denied(String sentence)) {
            return Optional.of(unseen(policy, Progress.stalled("ScopeDenied", sentence), memory));
        }
        return Rivals.winner(policy, all, scopes)
                .map(older -> unseen(
                        policy,
                        Progress.stalled(
                                "TargetConflict",
                                "policy " + older.name() + " is older and has this app: delete one of the two"),
                        memory));
    }

    private static Result unseen(PolicyView policy, Progress progress, Memory memory) {
        Outcome outcome = new Outcome(
                progress,
                new Outcome.Target(
                        Truth.UNKNOWN, progress.reason(), "the app was not looked at: " + progress.message()),
                null,
                null,
                memory,
                policy.status() == null ? List.of() : policy.status().requests(),
                Optional.empty());
        return new Result(outcome, usual(policy), List.of());
    }

    private static Duration usual(PolicyView policy) {
        return DurationText.parse(policy.spec().drift().checkInterval()).orThrow();
    }

    Result run(List<Scope> scopes) {
        try {
            return switch (with.arm().app(app)) {
                case Reading.Absent<JsonNode>(String code, String message) ->
                    lost(
                            Progress.stalled(
                                    "InvalidTarget",
                                    "there is no " + app + " (" + code + ": " + message
                                            + "): create it, or delete this policy"),
                            Truth.FALSE,
                            "NotFound",
                            usual(policy));
                case Reading.Found<JsonNode>(JsonNode found) -> found(found, scopes);
            };
        } catch (ArmException e) {
            return failed(e);
        }
    }

    private Result failed(ArmException e) {
        String why = String.valueOf(e.getMessage());
        Progress progress = e.passing()
                ? Progress.reconciling(
                        e.kind() == ArmException.Kind.THROTTLED ? "Throttled" : "ProgressingWithRetry", why)
                : Progress.stalled("Unauthorized", why);
        Duration again = e.retryAfter().orElse(e.passing() ? SOON.multipliedBy(2) : usual(policy));
        return lost(progress, Truth.UNKNOWN, progress.reason(), again);
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
        if (ScopeVerdict.judge(Wish.of(policy.name().namespace(), policy.spec()).as(identity(found)), scopes)
                instanceof ScopeVerdict.Denied(String sentence)) {
            return lost(Progress.stalled("ScopeDenied", sentence), Truth.UNKNOWN, "ScopeDenied", usual(policy));
        }
        Situation now = situation(found, folder.look(BLOB_USUAL), null);
        Decision decision = Decider.decide(now);
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (decision.action() instanceof Decision.Action.LookCloser
                    || (now.running() == null && wantsRunning(now))) {
                now = situation(found, folder.look(SOON), looks.running(app));
            } else if (decision.action() instanceof Decision.Action.CreateDocument(var document)) {
                if (!with.mayWrite().getAsBoolean()) {
                    return ended(now, OTHER_LEADS, SOON);
                }
                try {
                    folder.ask(requests -> requests.create(document));
                } catch (StoreException e) {
                    return ended(
                            now,
                            Progress.reconciling(
                                    "ProgressingWithRetry", "lineage.json can't be created: " + e.getMessage()),
                            SOON);
                }
                now = situation(found, folder.look(Duration.ZERO), now.running());
            } else {
                break;
            }
            decision = Decider.decide(now);
        }
        notes.addAll(decision.notes());
        if (decision.action() instanceof Decision.Action.Send send) {
            return send(now, decision, send);
        }
        memory = decision.memory();
        return ended(now, decision.progress(), decision.again());
    }

    /// Whether ARM has to say what Blob doesn't: who holds an open head, or whether a first start gets past its
    /// restore.
    private static boolean wantsRunning(Situation now) {
        boolean injected = LiveInjection.of(now.app()).isPresent();
        return switch (now.archives()) {
            case ArchivesView.Hidden _ -> injected;
            case ArchivesView.Seen seen ->
                ProtectedRule.wantsRunning(seen)
                        || (injected
                                && seen.document()
                                        .filter(each -> each.head().isEmpty())
                                        .isPresent()
                                && !seen.anyoneAlive(ProtectedRule.heardOf()));
        };
    }

    /// Whom the agent will be where the policy doesn't say: the app's only user-assigned identity, else its own.
    private String identity(JsonNode found) {
        var given = Wish.of(policy.name().namespace(), policy.spec()).identity();
        if (given != null) {
            return given;
        }
        var only = Identities.of(found).only();
        return only == null ? Scope.SYSTEM : only.getKey();
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
                with.clock().instant());
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
            return ended(now, OTHER_LEADS, SOON);
        }
        return switch (with.arm().patch(app, send.body())) {
            case WriteOutcome.Done(), WriteOutcome.Accepted(var _) -> {
                memory = decision.memory();
                notes.add(send.note());
                yield ended(now, decision.progress(), decision.again());
            }
            case WriteOutcome.Busy(String code, String message, Duration retryAfter) ->
                ended(
                        now,
                        Progress.reconciling(
                                "Progressing", "Azure is busy with the app (" + code + ": " + message + ")"),
                        retryAfter.compareTo(SOON) < 0 ? SOON : retryAfter);
            case WriteOutcome.Rejected(int status, String code, String message, String requestId) ->
                ended(
                        now,
                        Progress.stalled(
                                "PatchRejected",
                                "Azure refuses the patch (" + status + " " + code + ": " + message + "; request "
                                        + requestId + "): change the policy or the app"),
                        usual(policy));
            case WriteOutcome.Absent(String code, String message) ->
                lost(
                        Progress.stalled("InvalidTarget", "the app is gone (" + code + ": " + message + ")"),
                        Truth.FALSE,
                        "NotFound",
                        usual(policy));
            case WriteOutcome.Unknown(String why) -> {
                // it may have arrived, and then it was one
                memory = send.correction() == null ? memory : decision.memory();
                yield ended(
                        now,
                        Progress.reconciling("ProgressingWithRetry", "whether the patch arrived isn't known: " + why),
                        SOON);
            }
        };
    }

    private Result ended(Situation now, Progress progress, Duration again) {
        BackupRequests.Handled handled = requests(now);
        boolean written = write(now, handled);
        notes.addAll(handled.notes());
        Outcome outcome = new Outcome(
                progress,
                Outcome.Target.FOUND,
                now,
                now.archives(),
                memory,
                handled.requests(),
                RestoreTrouble.of(now));
        boolean soon = handled.isOpen() || !written;
        return new Result(outcome, soon && again.compareTo(SOON) > 0 ? SOON : again, notes);
    }

    private BackupRequests.Handled requests(Situation now) {
        Instant at = with.clock().instant();
        BackupRequests.Handled handled = BackupRequests.handle(policy, now.archives(), at);
        if (!handled.isOpen()) {
            return handled;
        }
        // one that is open wants a fresh look
        return BackupRequests.handle(policy, folder.look(SOON.dividedBy(2)), at);
    }

    private boolean write(Situation now, BackupRequests.Handled handled) {
        boolean suspend = policy.spec().suspend();
        boolean differs = now.archives() instanceof ArchivesView.Seen seen
                && seen.document().isPresent()
                && seen.suspended() != suspend;
        if (!with.mayWrite().getAsBoolean()) {
            return true;
        }
        try {
            if (differs) {
                folder.ask(requests -> requests.suspend(suspend));
            }
            for (String value : handled.ask()) {
                folder.ask(requests -> requests.askBackup(value));
            }
            return true;
        } catch (StoreException e) {
            notes.add(new Note(true, "RequestFailed", String.valueOf(e.getMessage())));
            return false;
        }
    }
}
