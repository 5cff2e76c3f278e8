package dev.jellykeep.agent.cli;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/// SIGTERM and SIGINT. A shutdown hook would not do: the JVM runs it once, and a person's second Ctrl-C would
/// be lost.
final class Signals {
    private static final int INTERRUPTED = 130;

    private Signals() {}

    /// @param stop called for every SIGTERM and the first SIGINT; must not block
    static void onStop(Runnable stop) {
        AtomicInteger interrupts = new AtomicInteger();
        Signal.handle(new Signal("TERM"), signal -> stop.run());
        Signal.handle(new Signal("INT"), signal -> {
            if (interrupts.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(INTERRUPTED);
            }
            stop.run();
        });
    }
}
