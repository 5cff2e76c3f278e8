package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.decide.Memory;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All policies of one operator: what is kept between their reconciles.
public final class Policies implements AutoCloseable {
    private final Surroundings with;
    private final Looks looks;
    private final Rollouts rollouts;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public Policies(Surroundings with) {
        this.with = with;
        this.looks = new Looks(with.arm(), with.clock());
        this.rollouts = new Rollouts(with.maxRollouts());
    }

    /// @param memory newer than what the cluster's cache may say
    /// @param rest how the app was left
    private record Kept(Folder folder, Memory memory, Rest rest) {}

    /// One reconcile. Never called twice at once for one policy.
    ///
    /// @param ofApp all policies for its app, this one or not
    public Result reconcile(PolicyView policy, List<PolicyView> ofApp, List<Scope> scopes) {
        Optional<Result> refused = Admission.refused(policy, ofApp, scopes);
        if (refused.isPresent()) {
            forget(policy.uid());
            return refused.get();
        }
        AppResourceId app =
                AppResourceId.parse(policy.spec().containerApp().resourceId()).orThrow();
        Kept before = kept.get(policy.uid());
        if (before != null && !before.folder().isOf(policy.spec().storage())) {
            before.folder().close();
            before = null;
        }
        Folder folder =
                before == null ? new Folder(policy.spec().storage(), with.places(), with.clock()) : before.folder();
        PolicyStep step = new PolicyStep(
                with,
                looks,
                rollouts,
                policy,
                app,
                folder,
                before == null ? null : before.memory(),
                before == null ? null : before.rest());
        Result result = step.run(scopes);
        rollouts.settle(policy.uid(), result.outcome().progress());
        kept.put(policy.uid(), new Kept(folder, result.outcome().memory(), step.rest()));
        return result;
    }

    /// One step of a deleted policy's farewell.
    Farewell.Step farewell(PolicyView policy, List<Scope> scopes, Instant since) {
        Kept known = kept.get(policy.uid());
        boolean isKnown = known != null && known.folder().isOf(policy.spec().storage());
        Folder folder = isKnown
                ? Objects.requireNonNull(known).folder()
                : new Folder(policy.spec().storage(), with.places(), with.clock());
        Farewell.Step step;
        try {
            step = new Farewell(with, looks).step(policy, scopes, since, folder);
        } finally {
            if (!isKnown) {
                folder.close();
            }
        }
        if (step instanceof Farewell.Step.Over) {
            forget(policy.uid());
        }
        return step;
    }

    /// Gives back what is kept for a policy that is gone.
    public void forget(String uid) {
        rollouts.forget(uid);
        Kept known = kept.remove(uid);
        if (known != null) {
            known.folder().close();
        }
    }

    @Override
    public void close() throws StoreException {
        List.copyOf(kept.keySet()).forEach(this::forget);
    }
}
