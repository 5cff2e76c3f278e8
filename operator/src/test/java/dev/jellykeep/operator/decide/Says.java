package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

/// What decisions come to.
final class Says {
    private Says() {}

    static Decision.Action.Send sends(Decision decision) {
        assertThat(decision.action()).as(decision.progress().toString()).isInstanceOf(Decision.Action.Send.class);
        return (Decision.Action.Send) decision.action();
    }

    static Progress nothing(Decision decision, Progress.State state, String reason) {
        assertThat(decision.action()).as(decision.progress().toString()).isInstanceOf(Decision.Action.Nothing.class);
        assertThat(decision.progress().reason())
                .as(decision.progress().message())
                .isEqualTo(reason);
        assertThat(decision.progress().state()).isEqualTo(state);
        return decision.progress();
    }

    static Progress stalled(Decision decision, String reason) {
        return nothing(decision, Progress.State.STALLED, reason);
    }

    static Progress waits(Decision decision, String reason) {
        return nothing(decision, Progress.State.RECONCILING, reason);
    }

    static Progress ready(Decision decision, String reason) {
        return nothing(decision, Progress.State.READY, reason);
    }
}
