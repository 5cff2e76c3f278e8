package dev.jellykeep.operator.status;

import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.decide.Decision;
import dev.jellykeep.operator.decide.Progress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reconciles' ends.
public final class Ends {
    private Ends() {}

    public static Outcome of(Case at) {
        Decision decision = at.decide();
        return new Outcome(
                decision.progress(),
                Outcome.Target.FOUND,
                at.situation(),
                at.archives(),
                decision.memory(),
                List.of(),
                Optional.empty());
    }

    static Outcome withArchives(Outcome outcome, @Nullable ArchivesView archives) {
        return new Outcome(
                outcome.progress(),
                outcome.target(),
                outcome.situation(),
                archives,
                outcome.memory(),
                outcome.requests(),
                outcome.restore());
    }

    public static Outcome restoreFails(Outcome outcome, String why) {
        return new Outcome(
                outcome.progress(),
                outcome.target(),
                outcome.situation(),
                outcome.archives(),
                outcome.memory(),
                outcome.requests(),
                Optional.of(why));
    }

    /// The app could not be seen.
    public static Outcome lost(Truth resolved, String reason) {
        return new Outcome(
                Progress.stalled(reason, "why"),
                new Outcome.Target(resolved, reason, "why"),
                null,
                null,
                dev.jellykeep.operator.status.StatusText.memory(null),
                List.of(),
                Optional.empty());
    }

    static Finding found(List<Finding> all, String type) {
        return all.stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type + " among " + all));
    }
}
