package dev.jellykeep.operator.kube;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/// How time goes for an operator. Everything that it decides by the time, and every pause between two looks, is by this
/// one; how long the network may take is not.
///
/// @param clock what it takes for the time
/// @param pause from a length of that time to the length that really passes
public record Tempo(InstantSource clock, UnaryOperator<Duration> pause) {
    /// As it goes for everybody.
    public static Tempo usual() {
        return new Tempo(InstantSource.system(), UnaryOperator.identity());
    }
}
