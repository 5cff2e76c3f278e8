package dev.jellykeep.sandbox.standin;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/// Writes to the database at a rate that can be changed while it runs.
final class BackgroundWriter {

    private static final int SAID_FAILURES = 5;

    private final JellyfinDatabase database;
    private final PrintStream out;
    private final Thread thread = new Thread(this::run, "writer");
    private int perSecond;
    private boolean stopping;
    private long failures;

    BackgroundWriter(JellyfinDatabase database, int perSecond, PrintStream out) {
        this.database = database;
        this.perSecond = perSecond;
        this.out = out;
    }

    void start() {
        thread.start();
    }

    /// @param rate commits per second; 0: none, -1: as many as it can
    synchronized void perSecond(int rate) {
        perSecond = rate;
        notifyAll();
    }

    synchronized long failures() {
        return failures;
    }

    /// One write, now, by the calling thread. A failure is counted and said, as a server would log it.
    void write() {
        try {
            long _ = database.activity();
        } catch (SQLException | IOException e) {
            failed(e);
        }
    }

    /// Returns once the last write is over.
    void stop() throws InterruptedException {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        thread.join();
    }

    private void run() {
        try {
            while (awaitTurn()) {
                write();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean awaitTurn() throws InterruptedException {
        long since = System.nanoTime();
        while (!stopping && perSecond >= 0) {
            if (perSecond == 0) {
                wait();
                since = System.nanoTime();
                continue;
            }
            long left = since + TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !stopping;
    }

    private synchronized void failed(Exception failure) {
        failures++;
        if (failures <= SAID_FAILURES) {
            out.println("a write failed: " + failure.getMessage());
        }
    }
}
