package dev.jellykeep.agent.run;

import dev.jellykeep.agent.report.Notices;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.BlobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/// What this agent currently says of itself. Any thread may change it; its re-put is the heartbeat.
public final class ReportBoard {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(3);

    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicReference<ReplicaReport> current;
    private final InstantSource clock;
    private final Notices notices;

    public ReportBoard(ReplicaReport first, InstantSource clock) {
        this(first, clock, Notices.NONE);
    }

    /// @param notices hear of backups beside
    public ReportBoard(ReplicaReport first, InstantSource clock, Notices notices) {
        current = new AtomicReference<>(first);
        this.clock = clock;
        this.notices = notices;
    }

    Notices notices() {
        return notices;
    }

    public ReplicaReport current() {
        return current.get();
    }

    public void change(UnaryOperator<ReplicaReport> change) {
        current.updateAndGet(change);
    }

    /// Writes the report. One at a time: a heartbeat that was under way must not replace the last word. Behind one that
    /// doesn't come back nothing is written: no backup may wait for it.
    ///
    /// @throws dev.jellykeep.store.StoreException if that isn't possible now
    public void put(BlobStore store) {
        if (!isMyTurn()) {
            return;
        }
        try {
            ReplicaReport report = current.get().at(clock.instant());
            store.put(BlobLayout.status(report.replica()), report.toBytes(), Map.of());
        } finally {
            writing.unlock();
        }
    }

    private boolean isMyTurn() {
        try {
            return writing.tryLock(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
