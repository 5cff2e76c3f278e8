package dev.jellykeep.agent.run;

import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Re-puts the report at a steady pace, on a thread of its own, so that a long backup doesn't make its replica look
/// stale.
public final class Heartbeat implements AutoCloseable {
    private final ReportBoard board;
    private final BlobStore store;
    private final Journal journal;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private boolean failing;

    private Heartbeat(ReportBoard board, BlobStore store, Duration pace, Journal journal) {
        this.board = board;
        this.store = store;
        this.journal = journal;
        this.thread = Thread.ofPlatform().name("heartbeat").daemon().unstarted(() -> beat(pace));
    }

    public static Heartbeat start(ReportBoard board, BlobStore store, Duration pace, Journal journal) {
        Heartbeat heartbeat = new Heartbeat(board, store, pace, journal);
        heartbeat.thread.start();
        return heartbeat;
    }

    private void beat(Duration pace) {
        try {
            while (!ended.await(pace.toMillis(), TimeUnit.MILLISECONDS)) {
                put();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put() {
        try {
            board.put(store);
            if (failing) {
                failing = false;
                journal.info("heartbeat works again");
            }
        } catch (StoreException e) {
            failing(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // no reason to fall silent: a replica without a heartbeat counts as gone
            failing("unexpected: " + e);
        }
    }

    private void failing(String why) {
        if (!failing) {
            failing = true;
            journal.warn("heartbeat can't be written", "why", why);
        }
    }

    @Override
    public void close() {
        ended.countDown();
        // one that still tries has nothing to say that the last word didn't, and would use up the grace period
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
