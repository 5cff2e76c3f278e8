package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.ThreadEnd;
import dev.jellykeep.agent.snapshot.Guards;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The guards' verdict on a snapshot, found in a thread of its own: the check of a large database takes as long as a
/// third of its compression, and keeps one processor busy.
final class Judgement implements AutoCloseable {
    private final FutureTask<Guards.Verdict> task;
    private final Thread thread;

    /// One step above the threads that deflate: what these may make before the verdict is soon made, and then they wait
    /// for it.
    @SuppressWarnings("ThreadPriorityCheck") // only who gets the processor first hangs on it
    private Judgement(FutureTask<Guards.Verdict> task) {
        this.task = task;
        int step = Math.min(Thread.NORM_PRIORITY, Thread.currentThread().getPriority() + 1);
        this.thread = Thread.ofPlatform().daemon().name("guards").priority(step).start(task);
    }

    static Judgement begin(Callable<Guards.Verdict> guards) {
        return new Judgement(new FutureTask<>(guards));
    }

    boolean isThere() {
        return task.isDone();
    }

    /// Waits for it.
    ///
    /// @throws IOException that the guards met, or that this thread was interrupted
    Guards.Verdict await() throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("interrupted at the guards").initCause(e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /// Returns when nothing looks at the snapshot any more.
    @Override
    public void close() {
        ThreadEnd.await(thread);
    }
}
