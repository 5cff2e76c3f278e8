package dev.jellykeep.operator.arm;

import java.time.Duration;
import java.time.Instant;

/// How much of ARM's patience is left, for metrics. Counters only grow.
///
/// @param readsLeft requests that could be sent at once; negative while callers wait
/// @param stoppedUntil nothing is sent before this; in the past where nothing holds it
/// @param waits how often a caller had to wait for its turn
/// @param waited all of that together
/// @param refused callers whose turn would have come after their deadline
/// @param throttled replies with status 429
public record BudgetFigures(
        String subscription,
        double readsLeft,
        double writesLeft,
        Instant stoppedUntil,
        long waits,
        Duration waited,
        long refused,
        long throttled) {}
