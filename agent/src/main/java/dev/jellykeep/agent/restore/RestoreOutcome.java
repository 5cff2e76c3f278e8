package dev.jellykeep.agent.restore;

import dev.jellykeep.contract.replica.ReplicaIdentity;
import java.time.Duration;
import java.util.List;

/// What a restore came to, where it came to a good end.
public sealed interface RestoreOutcome {
    ReplicaIdentity identity();

    /// There was data of ours already, or unknown data and never a backup.
    record Kept(ReplicaIdentity identity) implements RestoreOutcome {}

    record StartedEmpty(ReplicaIdentity identity) implements RestoreOutcome {}

    /// @param archive blob name, or folder name of a folder-style backup
    /// @param users in the main database; -1 where there is none
    /// @param bytes uncompressed
    /// @param refused newer archives that could not be used, with the reason, as "NAME: reason"
    /// @param left paths of the archive that were not placed
    /// @param synthesised a minimal `system.xml` was written
    record Restored(
            ReplicaIdentity identity,
            String archive,
            long users,
            long entries,
            long bytes,
            List<String> refused,
            List<String> left,
            boolean synthesised,
            Timings timings)
            implements RestoreOutcome {
        public Restored {
            refused = List.copyOf(refused);
            left = List.copyOf(left);
        }
    }

    /// How long the stages took.
    ///
    /// @param transfer download, unpacking and digests, which run as one
    /// @param check recovery and checks of the databases
    record Timings(Duration plan, Duration transfer, Duration check, Duration place) {
        public Duration total() {
            return plan.plus(transfer).plus(check).plus(place);
        }
    }
}
