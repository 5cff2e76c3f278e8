package dev.jellykeep.agent.explorer;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An agent's code on a thread of its own that runs only while it is waited for, from one call to the next.
final class Played {
    /// Unwinds a thread that nobody goes on with; an error, since the code goes on after exceptions.
    private static final class Abandoned extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Thread thread;
    private volatile boolean running = true;
    private volatile @Nullable Thread driver = Thread.currentThread();
    private @Nullable Call call;
    private @Nullable Reply reply;
    private @Nullable Throwable broken;

    /// Begins, and returns at the first call.
    Played(Consumer<Played> code) {
        thread = Thread.ofVirtual().unstarted(() -> run(code));
        thread.start();
        await();
    }

    @SuppressWarnings("CatchingUnchecked")
    private void run(Consumer<Played> code) {
        try {
            code.accept(this);
            call = new Call.End("");
        } catch (Abandoned e) {
            return;
        } catch (Throwable e) {
            broken = e;
        }
        running = false;
        LockSupport.unpark(driver);
    }

    /// From the code: asks, and waits for the answer.
    Reply ask(Call asked) {
        call = asked;
        running = false;
        LockSupport.unpark(driver);
        while (!running) {
            LockSupport.park(this);
        }
        Reply answer = reply;
        if (answer == null) {
            throw new Abandoned();
        }
        return answer;
    }

    /// What it waits for.
    Call call() {
        return java.util.Objects.requireNonNull(call);
    }

    /// Answers, and returns at the next call.
    void answer(Reply answer) {
        driver = Thread.currentThread();
        reply = answer;
        running = true;
        LockSupport.unpark(thread);
        await();
    }

    void abandon() {
        if (!(call instanceof Call.End)) {
            reply = null;
            running = true;
            LockSupport.unpark(thread);
        }
    }

    private void await() {
        while (running) {
            LockSupport.park(this);
        }
        Throwable failure = broken;
        if (failure != null) {
            throw new IllegalStateException("the agent's code broke: " + failure, failure);
        }
    }
}
