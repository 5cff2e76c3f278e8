package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.town.Town;
import dev.jellykeep.scenarios.town.TownOptions;
import java.time.Duration;

/// Where lives are lived, one after another: a town, and a cluster with the operator that looks after it.
public record Home(Town town, Cluster cluster) {
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    /// A town in which nobody waits for minutes until a lost replica counts as gone.
    public static TownOptions hurried(TownOptions usual) {
        return usual.withAgentVariable("JELLYKEEP_POLL", "1s")
                .withAgentVariable("JELLYKEEP_HEARTBEAT", "1s")
                .withAgentVariable("JELLYKEEP_STALE_AFTER", "8s");
    }

    /// Nor until a container that was killed starts again.
    public Home {
        town.azure()
                .apps()
                .change(settings -> settings.with(
                        settings.timings().with(Span.FIRST_BACK_OFF, BACK_OFF).with(Span.LONGEST_BACK_OFF, BACK_OFF)));
    }

    /// Has an operator run, where a move has taken it away.
    void needOperator() {
        if (!cluster.operatorRuns()) {
            cluster.startOperator();
        }
    }
}
