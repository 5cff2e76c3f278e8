package dev.jellykeep.operator.status;

import dev.jellykeep.operator.api.RequestStatus;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Memory;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.decide.Situation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one reconcile ended.
///
/// @param target how the app was found
/// @param situation null where the app could not be seen
/// @param archives null where nobody looked, since the policy may not have them
/// @param restore why replicas can't restore, where ARM shows it and Blob doesn't
public record Outcome(
        Progress progress,
        Target target,
        @Nullable Situation situation,
        @Nullable ArchivesView archives,
        Memory memory,
        List<RequestStatus> requests,
        Optional<String> restore) {
    public Outcome {
        requests = List.copyOf(requests);
    }

    /// How the app was found.
    ///
    /// @param reason one stable word
    public record Target(Truth resolved, String reason, String message) {
        public static final Target FOUND = new Target(Truth.TRUE, "Found", "ARM shows the app");
    }
}
