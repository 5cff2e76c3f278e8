package dev.jellykeep.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.decide.Memory;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.desired.Identities;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.scope.ScopeVerdict;
import dev.jellykeep.operator.scope.Wish;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.operator.status.StatusText;
import dev.jellykeep.operator.status.Truth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a policy may have its app at all: what it names, what scopes allow, and who was there before.
final class Admission {
    private Admission() {}

    /// Before Azure is asked anything.
    ///
    /// @return empty if the policy may go on
    static Optional<Result> refused(PolicyView policy, List<PolicyView> all, List<Scope> scopes) {
        if (AppResourceId.parse(policy.spec().containerApp().resourceId())
                instanceof ParsedText.Bad<AppResourceId>(String why)) {
            return Optional.of(unseen(policy, Progress.stalled("InvalidSpec", "containerApp.resourceId: " + why)));
        }
        Optional<Progress> denied = denied(wish(policy), scopes);
        if (denied.isPresent()) {
            return denied.map(progress -> unseen(policy, Stopped.left(progress, policy)));
        }
        return Rivals.winner(policy, all, scopes)
                .map(older -> unseen(
                        policy,
                        Progress.stalled(
                                "TargetConflict",
                                "policy " + older.name() + " is older and has this app: delete one of the two")));
    }

    /// Once the app has shown whom the agent will be.
    ///
    /// @param found what ARM answered to the app's GET
    static Optional<Progress> denied(PolicyView policy, JsonNode found, List<Scope> scopes) {
        Wish wish = wish(policy);
        return denied(wish.as(identity(wish.identity(), found)), scopes);
    }

    private static Optional<Progress> denied(Wish wish, List<Scope> scopes) {
        return ScopeVerdict.judge(wish, scopes) instanceof ScopeVerdict.Denied(String sentence)
                ? Optional.of(Progress.stalled("ScopeDenied", sentence))
                : Optional.empty();
    }

    private static Wish wish(PolicyView policy) {
        return Wish.of(policy.name().namespace(), policy.spec());
    }

    /// Where the policy doesn't say: the app's only user-assigned identity, else its own.
    private static String identity(@Nullable String given, JsonNode found) {
        if (given != null) {
            return given;
        }
        var only = Identities.of(found).only();
        return only == null ? Scope.SYSTEM : only.getKey();
    }

    private static Result unseen(PolicyView policy, Progress progress) {
        Memory memory = StatusText.memory(policy.status());
        Outcome outcome = new Outcome(
                progress,
                new Outcome.Target(
                        Truth.UNKNOWN, progress.reason(), "the app was not looked at: " + progress.message()),
                null,
                null,
                memory,
                policy.status() == null ? List.of() : policy.status().requests(),
                Optional.empty());
        return new Result(outcome, Pace.usual(policy), List.of());
    }
}
