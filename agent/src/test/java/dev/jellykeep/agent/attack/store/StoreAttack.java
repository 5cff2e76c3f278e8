package dev.jellykeep.agent.attack.store;

import dev.jellykeep.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is done to one of a process's calls to its store.
final class StoreAttack {
    /// What becomes of the call.
    enum Kind {
        /// None: calls are counted.
        NONE,
        /// It is not made, and fails, once.
        FAILS,
        /// It is refused, once.
        FORBIDDEN,
        /// It is made, and its reply is lost, once.
        LOST,
        /// It is not made, and nobody can tell, once.
        UNKNOWN,
        /// It and all after it are not made, and fail.
        OUTAGE,
        /// It is made, its reply is lost, and all after it fail.
        LOST_OUTAGE,
        /// It is made, and nothing of the process runs after it.
        LAST,
        /// It is not made, and never comes back, for which the process is killed.
        HANG
    }

    /// Thrown in a process that is dead, so that nothing of it is left.
    @SuppressWarnings("serial")
    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    /// One that was made.
    ///
    /// @param changes the store
    /// @param swap whose answer may be that nobody knows
    record Made(String what, boolean changes, boolean swap) {
        /// Whether that is worth trying on it: a reader whose reply is lost has failed.
        boolean suits(Kind kind) {
            return switch (kind) {
                case NONE, FAILS, FORBIDDEN, OUTAGE, HANG -> true;
                case LOST, LOST_OUTAGE, LAST -> changes;
                case UNKNOWN -> swap;
            };
        }
    }

    private final Kind kind;
    private final int at;
    private final List<Made> calls = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean hit;
    private boolean out;
    private boolean dead;
    private @Nullable Long hungAt;

    /// @param at which call, from 1 on
    StoreAttack(Kind kind, int at) {
        this.kind = kind;
        this.at = at;
    }

    /// What was called, in order.
    synchronized List<Made> calls() {
        return List.copyOf(calls);
    }

    /// Whether nothing can be done after it.
    boolean endsAll() {
        return kind == Kind.OUTAGE || kind == Kind.LOST_OUTAGE || kind == Kind.HANG;
    }

    synchronized boolean isHit() {
        return hit;
    }

    synchronized boolean isDead() {
        return dead;
    }

    /// Kills a process that has hung for so long.
    synchronized void killAfter(Duration patience) {
        dead |= hungAt != null && System.nanoTime() - hungAt > patience.toNanos();
    }

    /// What is left of the process ends.
    void end() {
        synchronized (this) {
            dead = true;
        }
        over.countDown();
    }

    /// Passes a call on, or doesn't.
    ///
    /// @param unknown answered where it isn't known whether it was carried out
    <T> T call(Made made, Supplier<T> call, Supplier<T> unknown) {
        Kind now = begin(made);
        return switch (now) {
            case NONE -> call.get();
            case FAILS, OUTAGE -> throw failure(StoreException.Kind.UNREACHABLE, made);
            case FORBIDDEN -> throw failure(StoreException.Kind.FORBIDDEN, made);
            case UNKNOWN -> unknown.get();
            case LOST, LOST_OUTAGE -> {
                T _ = call.get();
                yield unknown.get();
            }
            case LAST -> {
                T _ = call.get();
                synchronized (this) {
                    dead = true;
                }
                throw rest();
            }
            case HANG -> {
                synchronized (this) {
                    hungAt = System.nanoTime();
                }
                throw rest();
            }
        };
    }

    static StoreException failure(StoreException.Kind kind, Made made) {
        return new StoreException(kind, "Can't " + made.what() + " in the store under attack.", null);
    }

    private Kind begin(Made made) {
        synchronized (this) {
            if (!dead) {
                if (out) {
                    return Kind.OUTAGE;
                }
                calls.add(made);
                boolean now = calls.size() == at && made.suits(kind);
                hit |= now;
                out = now && (kind == Kind.OUTAGE || kind == Kind.LOST_OUTAGE);
                return now ? kind : Kind.NONE;
            }
        }
        throw rest();
    }

    /// Until the play is over.
    private Killed rest() {
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                break;
            } catch (InterruptedException e) {
                // neither the dead nor a service that hangs cares
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return new Killed();
    }
}
