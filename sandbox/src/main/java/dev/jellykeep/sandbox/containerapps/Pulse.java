package dev.jellykeep.sandbox.containerapps;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Has a sandbox look at what changes by itself, again and again until it is closed, or fails: processes end unasked.
public final class Pulse implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofMillis(50);
    private static final Duration END = Duration.ofSeconds(10);

    private final Runnable beat;
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean ended;

    private Pulse(Runnable beat) {
        this.beat = beat;
        this.thread = Thread.ofPlatform().daemon().name("sandbox-pulse").unstarted(this::run);
    }

    /// Starts one. A beat that fails is the last, and says so on standard error.
    public static Pulse start(Runnable beat) {
        var pulse = new Pulse(beat);
        pulse.thread.start();
        return pulse;
    }

    /// Waits for the end of the beat that is under way.
    ///
    /// @throws IllegalStateException with the failure that ended it, if one did
    @Override
    public void close() {
        ended = true;
        thread.interrupt();
        try {
            if (!thread.join(END)) {
                throw new IllegalStateException("The sandbox's pulse doesn't end within " + END.toSeconds() + " s.");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        var why = failure.get();
        if (why != null) {
            throw new IllegalStateException("The sandbox stood still, since it had failed.", why);
        }
    }

    private void run() {
        try {
            while (!ended) {
                beat.run();
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!ended) {
                failure.set(e);
                System.err.println("The sandbox stands still from now on: " + e);
            }
        }
    }
}
