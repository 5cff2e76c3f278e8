package dev.jellykeep.operator.arm.azure;

import java.time.Duration;

/// How patient the adapter is.
///
/// @param deadline how long one call may take in all: waiting for its turn, trying, trying again
/// @param tryTimeout how long one request may take until its reply is whole
public record ArmOptions(Duration deadline, Duration tryTimeout, Limit reads, Limit writes) {
    public static ArmOptions defaults() {
        return new ArmOptions(Duration.ofSeconds(60), Duration.ofSeconds(20), Limit.READS, Limit.WRITES);
    }
}
