package dev.jellykeep.agent.run;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.StillWriting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Watches the app on this machine: it is gone when its port refuses twice, 1 s apart, **and** size and time of every
/// database
/// and log have been still for 3 s.
public final class WatchedExit implements AppExit {
    private static final Duration STILL = Duration.ofSeconds(3);
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final HealthProbe probe;
    private final DataRoot root;
    private final Supplier<List<String>> databases;

    /// @param databases those that are known now, paths relative to the data root
    public WatchedExit(HealthProbe probe, DataRoot root, Supplier<List<String>> databases) {
        this.probe = probe;
        this.root = root;
        this.databases = databases;
    }

    @Override
    public Gone await(BooleanSupplier goOn) {
        StillWriting look = look();
        long stillSince = System.nanoTime();
        long refusedSince = -1;
        while (true) {
            StillWriting now = look();
            if (!now.sameAs(look)) {
                look = now;
                stillSince = System.nanoTime();
            }
            boolean refused = !probe.canAsk() || probe.ask() == HealthProbe.Answer.REFUSED;
            refusedSince = refused ? (refusedSince < 0 ? System.nanoTime() : refusedSince) : -1;
            boolean still = elapsed(stillSince).compareTo(STILL) >= 0;
            boolean silent = refusedSince >= 0
                    && (!probe.canAsk() || elapsed(refusedSince).compareTo(BETWEEN_REFUSALS) >= 0);
            if (still && silent) {
                return new Gone(true, look);
            }
            if (!goOn.getAsBoolean()) {
                return new Gone(false, look);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY.toMillis()));
        }
    }

    private static Duration elapsed(long sinceNanos) {
        return Duration.ofNanos(System.nanoTime() - sinceNanos);
    }

    @Override
    public StillWriting look() {
        return StillWriting.look(root, databases.get());
    }
}
