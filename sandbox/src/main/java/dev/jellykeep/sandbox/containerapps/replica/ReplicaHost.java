package dev.jellykeep.sandbox.containerapps.replica;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Where replicas run. Calls come one at a time.
///
/// A host decides what containers do; how many replicas there are, and when they end, is decided by its caller, who
/// looks often enough: at every request, and at {@link #nextChange} where the clock is put forward past it.
public interface ReplicaHost {
    /// Starts a replica: its init containers in order, then its containers.
    void start(ReplicaOrder order);

    /// What a replica is like; {@link ReplicaStatus#gone} once it has ended, and for one that was never started.
    ReplicaStatus observe(String replica, Instant now);

    /// Tells all its containers to stop (SIGTERM), and ends what is left of them after the grace period. Zero grace
    /// ends them at once. Again: no effect, but for a shorter grace.
    void stop(String replica, Instant now, Duration grace);

    /// When what is observed changes next by the passing of time alone, if that is known; after `now`.
    Optional<Instant> nextChange(String replica, Instant now);

    /// Makes a running container fail now, once.
    ///
    /// @return false where there is no such container that runs
    boolean crash(String replica, String container, Instant now);

    /// What replicas print, and what happens to them; empty where nothing is kept of it.
    default Optional<LogSource> logs() {
        return Optional.empty();
    }
}
