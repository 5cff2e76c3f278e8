package dev.jellykeep.scenarios.town;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what must come.
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Await() {}

    /// Waits until something holds.
    ///
    /// @param what the whole sentence's end, after "Not within …:"
    /// @param evidence what is told with it
    /// @throws ScenarioFailure if it doesn't hold in time
    public static void until(String what, Duration bound, Supplier<String> evidence, BooleanSupplier holds) {
        var _ = some(what, bound, evidence, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /// Waits until there is something.
    ///
    /// @throws ScenarioFailure if there is nothing in time
    public static <T> T some(String what, Duration bound, Supplier<String> evidence, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + bound.toNanos();
        while (true) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new ScenarioFailure("Not within " + bound.toSeconds() + " s: " + what + ".\n" + evidence.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
