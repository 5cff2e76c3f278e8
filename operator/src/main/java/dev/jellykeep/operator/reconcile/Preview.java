package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Decider;
import dev.jellykeep.operator.decide.Decision;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.EnvironmentFacts;
import dev.jellykeep.operator.desired.PlanInput;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Rendering;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a reconcile would do, without doing it: reads what a reconcile reads, and writes nothing.
public final class Preview implements AutoCloseable {
    private static final int MOST_LOOKS = 4;

    private final Surroundings with;
    private final Looks looks;
    private final Policies policies;

    /// @param with `mayWrite` isn't asked
    public Preview(Surroundings with) {
        this.with = new Surroundings(
                with.arm(), with.places(), with.release(), with.clock(), () -> false, with.maxRollouts());
        this.looks = new Looks(with.arm(), with.clock());
        this.policies = new Policies(this.with);
    }

    /// What was seen of one policy.
    public sealed interface Seen {
        /// As a reconcile that may not write ends.
        Outcome outcome();
    }

    /// The app could not be seen; the outcome's progress says why.
    public record Unseen(Outcome outcome) implements Seen {}

    /// @param situation with the document that would be created first, where there is none
    /// @param next what a reconcile would do after that
    /// @param creates null: the document is there, or can't be seen, or may not be created
    /// @param environment null where it couldn't be read
    public record Known(
            Outcome outcome,
            Situation situation,
            Decision next,
            @Nullable LineageDocument creates,
            @Nullable EnvironmentFacts environment,
            Rendering rendering)
            implements Seen {}

    /// @throws dev.jellykeep.operator.arm.ArmException if ARM shows the app and then fails
    /// @throws dev.jellykeep.store.StoreException INVALID if the storage settings can't be right
    public Seen look(PolicyView policy) {
        Outcome outcome = policies.reconcile(policy, List.of(policy), List.of(Scope.callersOwn()))
                .outcome();
        Situation now = outcome.situation();
        if (now == null) {
            return new Unseen(outcome);
        }
        AppResourceId app = new AppResourceId(now.appId());
        LineageDocument creates = null;
        Decision next = Decider.decide(now);
        for (int look = 0; look < MOST_LOOKS; look++) {
            if (next.action() instanceof Decision.Action.LookCloser) {
                now = now.with(looks.running(app));
            } else if (next.action() instanceof Decision.Action.CreateDocument(LineageDocument document)
                    && now.archives() instanceof ArchivesView.Seen seen) {
                creates = document;
                now = now.with(with(seen, document));
            } else {
                break;
            }
            next = Decider.decide(now);
        }
        EnvironmentFacts environment = looks.environment(now.app());
        PlanInput input = new PlanInput(
                policy.name(),
                policy.spec(),
                now.app(),
                PolicyStep.lineage(app, now.app(), now.archives()),
                with.release(),
                environment,
                null);
        return new Known(outcome, now, next, creates, environment, Planner.render(input));
    }

    private static ArchivesView with(ArchivesView.Seen seen, LineageDocument document) {
        return new ArchivesView.Seen(
                new Reading.Present(document, "", Duration.ZERO),
                seen.catalogue(),
                seen.replicas(),
                seen.control(),
                seen.suspended(),
                seen.at(),
                seen.unread(),
                seen.rollout(),
                seen.told());
    }

    @Override
    public void close() {
        policies.close();
    }
}
