package dev.jellykeep.agent;

/// Waiting for a thread that must not outlive its owner.
public final class ThreadEnd {
    private ThreadEnd() {}

    /// Returns once it has ended, interrupted or not; the interruption is handed on.
    public static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
