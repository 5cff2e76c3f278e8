package dev.jellykeep.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.api.InjectionOnDeletion;
import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.arm.WriteOutcome;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Removal;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.scope.ScopeVerdict;
import dev.jellykeep.operator.scope.Wish;
import dev.jellykeep.operator.status.StatusText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What becomes of the injection when its policy is deleted; DESIGN §4.2. Ends for an app, subscription or credential
/// that is gone too. Archives are never touched.
final class Farewell {
    private static final Duration SOON = Duration.ofSeconds(15);
    /// How long a refused credential may come back before the policy goes without it.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String NO_HOLD = "the policy had no hold of the app";

    private final Surroundings with;
    private final Looks looks;

    Farewell(Surroundings with, Looks looks) {
        this.with = with;
        this.looks = looks;
    }

    /// How far it is.
    sealed interface Step {
        /// The policy may go.
        record Over(Note note) implements Step {}

        /// Not yet.
        record Later(Duration again, Note note) implements Step {}
    }

    /// @param since when the policy was deleted
    /// @param folder the policy's in Blob
    Step step(PolicyView policy, List<Scope> scopes, Instant since, Folder folder) {
        if (!(AppResourceId.parse(policy.spec().containerApp().resourceId())
                instanceof ParsedText.Ok<AppResourceId>(AppResourceId app))) {
            return left(NO_HOLD);
        }
        if (ScopeVerdict.judge(Wish.of(policy.name().namespace(), policy.spec()), scopes)
                instanceof ScopeVerdict.Denied(String why)) {
            String revision = StatusText.memory(policy.status()).stopped();
            return revision == null
                    ? left(NO_HOLD)
                    : new Step.Over(new Note(
                            true,
                            "FinalizerAbandoned",
                            "revision " + revision + " is deactivated for a rollout, and may no longer be touched ("
                                    + why + "): " + Stopped.command(app.value(), revision)));
        }
        try {
            return switch (with.arm().app(app)) {
                case Reading.Absent<JsonNode> _ -> left("the app is gone");
                case Reading.Found<JsonNode>(JsonNode found) -> {
                    Optional<Step> stopped = stopped(policy, app, folder);
                    yield stopped.orElseGet(
                            () -> policy.spec().mode() == Mode.PLAN ? left(NO_HOLD) : found(policy, app, found));
                }
            };
        } catch (ArmException e) {
            boolean hopeless = !e.passing()
                    && Duration.between(since, with.clock().instant()).compareTo(PATIENCE) > 0;
            return hopeless
                    ? new Step.Over(new Note(
                            true,
                            "FinalizerAbandoned",
                            "the app can't be reached, so its injection stays: " + e.getMessage()))
                    : new Step.Later(SOON, new Note(true, "RemovalWaits", String.valueOf(e.getMessage())));
        }
    }

    private static Step left(String why) {
        return new Step.Over(new Note(false, "InjectionLeftInPlace", why));
    }

    /// A rollout that the policy leaves half done has nobody who would go on with it: what it has deactivated serves
    /// again first.
    private Optional<Step> stopped(PolicyView policy, AppResourceId app, Folder folder) {
        Optional<String> left = folder.look(Pace.SOON) instanceof ArchivesView.Seen seen
                ? Optional.ofNullable(seen.rollout())
                        .filter(each -> Stopped.mayBe(each.document().stage()))
                        .map(each -> each.document().serving())
                : Optional.ofNullable(StatusText.memory(policy.status()).stopped());
        if (left.isEmpty()) {
            return Optional.empty();
        }
        String revision = left.get();
        Running running = looks.running(app);
        if (running.revision(revision).isEmpty() || running.revisions().stream().anyMatch(Revision::active)) {
            return Optional.empty();
        }
        if (!with.mayWrite().getAsBoolean()) {
            return Optional.of(new Step.Later(SOON, new Note(false, "RemovalWaits", "another operator leads now")));
        }
        return switch (with.arm().activate(app, revision)) {
            case WriteOutcome.Done(), WriteOutcome.Accepted(var _) ->
                Optional.of(new Step.Later(
                        SOON,
                        new Note(
                                true,
                                "RolloutReturned",
                                "revision " + revision + " serves again: the policy was deleted before its rollout was"
                                        + " over")));
            case WriteOutcome.Absent _ -> Optional.empty();
            case WriteOutcome.Busy(String code, String _, Duration _) ->
                Optional.of(new Step.Later(
                        SOON, new Note(false, "RemovalWaits", "Azure is busy with the app (" + code + ")")));
            case WriteOutcome.Unknown(String why) ->
                Optional.of(new Step.Later(SOON, new Note(false, "RemovalWaits", why)));
            case WriteOutcome.Rejected(int _, String code, String message, String _) ->
                Optional.of(new Step.Over(new Note(
                        true,
                        "FinalizerAbandoned",
                        "revision " + revision + " is deactivated, and Azure refuses to activate it (" + code + ": "
                                + message + "): " + Stopped.command(app.value(), revision))));
        };
    }

    private Step found(PolicyView policy, AppResourceId app, JsonNode found) {
        if (!(Removal.plan(policy.name(), found) instanceof Plan.Patch patch)) {
            return left("the app has nothing of this policy's");
        }
        boolean emptyDir =
                LiveInjection.of(found).map(LiveInjection::onEmptyDir).orElse(true);
        boolean remove = policy.spec().deletion().injection() == InjectionOnDeletion.REMOVE;
        if (emptyDir && !(remove && policy.spec().deletion().confirmDataLoss())) {
            return new Step.Over(new Note(
                    remove,
                    "InjectionLeftInPlace",
                    "the data is on an EmptyDir, so both containers stay and go on saving it; whoever wants them out"
                            + " applies the policy again with deletion: {injection: Remove, confirmDataLoss: true} and"
                            + " deletes it, or edits the app (az containerapp update --yaml)"));
        }
        if (!looks.running(app).none()) {
            return new Step.Later(
                    SOON,
                    new Note(
                            false,
                            "RemovalWaits",
                            "a replica runs: both containers go once the app is idle and sealed"));
        }
        if (!with.mayWrite().getAsBoolean()) {
            return new Step.Later(SOON, new Note(false, "RemovalWaits", "another operator leads now"));
        }
        return switch (with.arm().patch(app, patch.body())) {
            case WriteOutcome.Done(), WriteOutcome.Accepted(var _) ->
                // seen to be gone at the next step
                new Step.Later(SOON, new Note(false, "InjectionRemoved", "both containers were taken out"));
            case WriteOutcome.Absent _ -> left("the app is gone");
            case WriteOutcome.Busy(String code, String _, Duration _) ->
                new Step.Later(SOON, new Note(false, "RemovalWaits", "Azure is busy with the app (" + code + ")"));
            case WriteOutcome.Unknown(String why) -> new Step.Later(SOON, new Note(false, "RemovalWaits", why));
            case WriteOutcome.Rejected(int _, String code, String message, String _) ->
                new Step.Over(new Note(
                        true,
                        "FinalizerAbandoned",
                        "Azure refuses to take both containers out (" + code + ": " + message + ")"));
        };
    }
}
