package dev.jellykeep.agent.run;

import java.time.Duration;

/// How long one operation of the store may go on trying: never so long that it uses up the grace period, and once told
/// to stop, no longer than what is left of it.
///
/// @param grace from the signal to the end of the process
public record Patience(StopSignal stop, Duration grace) {
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration MARGIN = Duration.ofSeconds(5);

    public Duration now() {
        Duration usual = DueTime.shorter(grace.dividedBy(4), MOST);
        if (!stop.isTold()) {
            return usual;
        }
        Duration left = DueTime.shorter(usual, grace.minus(MARGIN).minus(stop.since()));
        return left.isNegative() ? Duration.ZERO : left;
    }
}
