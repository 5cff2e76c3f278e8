package dev.jellykeep.agent.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Told once that the process is to stop; everything that waits, waits here.
public class StopSignal {
    private final CountDownLatch told = new CountDownLatch(1);
    private volatile long toldAtNanos;

    /// Repeats change nothing.
    public void tell() {
        if (told.getCount() > 0) {
            toldAtNanos = System.nanoTime();
            told.countDown();
        }
    }

    public boolean isTold() {
        return told.getCount() == 0;
    }

    /// Waits for the signal at most that long.
    ///
    /// @return true if it has been told
    public boolean await(Duration most) {
        try {
            return told.await(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Time since it was told.
    public Duration since() {
        return Duration.ofNanos(System.nanoTime() - toldAtNanos);
    }
}
