package dev.jellykeep.agent.explorer;

import dev.jellykeep.contract.replica.ReplicaIdentity;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a process of an agent is started with. Its code does the same whenever it is answered the same.
///
/// @param replica number of the replica
/// @param identity what `restore` has left in the data root; null: this is the `restore`
/// @param index what lies on the disk when `run` starts
/// @param prunes retention drops all that it may
record Program(int replica, @Nullable ReplicaIdentity identity, Index index, boolean prunes) {
    static final UUID LINEAGE = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");

    static Program restore(int replica) {
        return new Program(replica, null, Index.NONE, false);
    }

    static UUID id(int replica) {
        return new UUID(0, replica);
    }

    static String name(int replica) {
        return id(replica).toString();
    }
}
