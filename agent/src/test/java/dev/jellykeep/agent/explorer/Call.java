package dev.jellykeep.agent.explorer;

import dev.jellykeep.contract.replica.ReplicaIdentity;
import java.util.Map;

/// One thing that an agent's code asks of what is around it. The answer is all that it learns.
sealed interface Call {
    record Read(String name) implements Call {}

    record ReadIfChanged(String name, String etag) implements Call {}

    record Facts(String name) implements Call {}

    record Listing(String prefix) implements Call {}

    record Open(String name) implements Call {}

    record PutIfAbsent(String name, String text) implements Call {}

    record Swap(String name, String text, String etag) implements Call {}

    record Put(String name) implements Call {}

    record Delete(String name) implements Call {}

    record Commit(String name, String text, Map<String, String> metadata) implements Call {}

    /// Is the app healthy?
    record Health() implements Call {}

    /// What the app's data are now.
    record Data() implements Call {}

    /// Has the agent been told to stop?
    record Told() implements Call {}

    /// How many seconds ago was it told so?
    record SinceTold() implements Call {}

    /// Waits until the app is gone.
    record Exit() implements Call {}

    /// Between two turns of the sidecar's loop.
    ///
    /// @param memory all that the agent knows there
    record Turn(String memory) implements Call {}

    /// A pause within a piece of work.
    record Pause() implements Call {}

    /// An archive's data, or nothing, were put in place under an identity.
    record Placed(ReplicaIdentity identity, int data) implements Call {}

    /// What the data will be compared with.
    record Indexed(Index index) implements Call {}

    /// The code has come to its end.
    ///
    /// @param failure empty: a good one
    record End(String failure) implements Call {}
}
