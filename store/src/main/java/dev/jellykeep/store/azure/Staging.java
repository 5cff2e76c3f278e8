package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Blocks in flight, and one more buffer than there may be of them: the one that is being filled. A buffer that is free
/// is a block that has arrived.
final class Staging {
    /// Sends one block, retrying by itself.
    interface Sender {
        void send(String id, byte[] buffer, int length);
    }

    private final int most;
    private final int blockBytes;
    private final Sender sender;
    private final BlockingQueue<byte[]> free;
    private final Semaphore places;
    private final Set<Thread> flying = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private volatile long lastProgress = Long.MIN_VALUE;
    private volatile boolean abandoned;
    private int made;
    private int held;

    Staging(int parallel, int blockBytes, Sender sender) {
        this.most = parallel + 1;
        this.blockBytes = blockBytes;
        this.sender = sender;
        this.free = new ArrayBlockingQueue<>(most);
        this.places = new Semaphore(parallel);
    }

    /// A buffer to fill; waits while all are in flight.
    byte[] buffer() {
        var ready = free.poll();
        if (ready == null && made < most) {
            made++;
            ready = new byte[blockBytes];
        }
        if (ready == null) {
            ready = take();
        }
        held++;
        throwFailure();
        return ready;
    }

    /// Sends a filled buffer; waits while as many as may be are in flight.
    void submit(String id, byte[] buffer, int length) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        held--;
        var thread = Thread.ofPlatform().daemon().name("upload").unstarted(() -> fly(id, buffer, length));
        flying.add(thread);
        thread.start();
    }

    /// Waits until every block has arrived.
    void await() {
        for (var returned = 0; returned < made - held; returned++) {
            take();
        }
        throwFailure();
    }

    void throwFailure() {
        var first = failure.get();
        if (first instanceof StoreException told) {
            throw new StoreException(told.kind(), String.valueOf(told.getMessage()), told);
        }
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }

    /// Ends what is in flight.
    void abandon() {
        abandoned = true;
        flying.forEach(Thread::interrupt);
    }

    boolean abandoned() {
        return abandoned;
    }

    long lastProgress() {
        return lastProgress;
    }

    private void fly(String id, byte[] buffer, int length) {
        try {
            if (failure.get() == null) {
                sender.send(id, buffer, length);
                lastProgress = System.nanoTime();
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            flying.remove(Thread.currentThread());
            places.release();
            free.add(buffer);
        }
    }

    private byte[] take() {
        try {
            return free.take();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static StoreException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StoreException(StoreException.Kind.UNREACHABLE, "The upload was interrupted.", e);
    }
}
