package dev.jellykeep.operator.arm;

import java.time.Duration;

/// Requests to ARM that ended alike, for metrics. Only grow.
///
/// @param code status of the reply; `none` where no whole one came
/// @param took all of that together
public record RequestFigures(String method, String code, long count, Duration took) {}
