package dev.jellykeep.sandbox.containerapps;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Has an emulator look at its replicas often, since processes change by themselves.
public final class Ticker implements AutoCloseable {
    private static final long MILLIS = 50;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("ticker").factory());

    private Ticker() {}

    /// Starts one.
    public static Ticker start(ContainerApps apps) {
        var ticker = new Ticker();
        var _ = ticker.thread.scheduleWithFixedDelay(() -> tick(apps), MILLIS, MILLIS, TimeUnit.MILLISECONDS);
        return ticker;
    }

    // One that throws would be the last.
    private static void tick(ContainerApps apps) {
        try {
            apps.tick();
        } catch (RuntimeException e) {
            System.err.println("The emulator could not go on: " + e);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
