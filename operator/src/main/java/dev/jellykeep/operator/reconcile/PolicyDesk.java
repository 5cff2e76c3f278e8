package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.status.PolicyFigures;
import dev.jellykeep.operator.status.StatusText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Where policies are brought, and what is handed out: a status to write, events to say, and when to come again.
public final class PolicyDesk {
    private final Policies policies;
    private final InstantSource clock;

    public PolicyDesk(Policies policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /// @param status as it should be; equal to the one that is there where nothing is new
    public record Answer(PolicyStatus status, PolicyFigures figures, Duration again, List<Note> notes) {
        public Answer {
            notes = List.copyOf(notes);
        }
    }

    /// @param over the policy may go
    public record Farewell(boolean over, Duration again, Note note) {}

    public Answer reconcile(PolicyView policy, List<PolicyView> ofApp, List<Scope> scopes) {
        Result result = policies.reconcile(policy, ofApp, scopes);
        PolicyStatus status = StatusText.of(policy.status(), result.outcome(), policy.generation(), clock.instant());
        List<Note> notes = new ArrayList<>(result.notes());
        notes.addAll(Turns.between(policy.status(), status));
        return new Answer(status, PolicyFigures.of(policy.spec(), result.outcome()), result.again(), notes);
    }

    public Farewell farewell(PolicyView policy, List<Scope> scopes, Instant since) {
        return switch (policies.farewell(policy, scopes, since)) {
            case dev.jellykeep.operator.reconcile.Farewell.Step.Over(Note note) ->
                new Farewell(true, Duration.ZERO, note);
            case dev.jellykeep.operator.reconcile.Farewell.Step.Later(Duration again, Note note) ->
                new Farewell(false, again, note);
        };
    }
}
