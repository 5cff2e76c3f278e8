package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.fixture.Await;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What is done to one of the calls that are made to the file system below a folder. One at a time is under way in a
/// process, since there is one file system.
final class Attack {
    /// What becomes of the call.
    enum Kind {
        /// None: calls are counted.
        NONE,
        /// It is not made, and neither is any after it: the process was killed.
        KILL,
        /// It fails, once.
        FAIL,
        /// It fails, and so does the next one: a place of the disk that is gone. Tried on what reads alone.
        TWICE,
        /// It is made, and fails all the same.
        LOST,
        /// It never comes back.
        HANG,
        /// From it on, nothing that needs room can be written.
        FULL
    }

    /// What a call does to the disk.
    enum Effect {
        NONE,
        CHANGES,
        /// It needs room.
        GROWS
    }

    /// One that was made.
    record Made(String what, Effect effect) {
        /// Whether that is worth trying on it: who is killed at a call that only reads is killed after the change
        /// before it.
        boolean suits(Kind kind) {
            return switch (kind) {
                case NONE, FAIL, HANG -> true;
                case TWICE -> false;
                case KILL, LOST -> effect != Effect.NONE;
                case FULL -> effect == Effect.GROWS;
            };
        }
    }

    /// Thrown in a process that is dead.
    @SuppressWarnings("serial")
    static final class Killed extends Error {
        Killed() {
            super("killed", null, false, false);
        }
    }

    /// A call to the real file system.
    interface Call<T extends @Nullable Object> {
        T make() throws IOException;
    }

    private static final String BROKEN = "Input/output error";
    private static final String NO_SPACE = "No space left on device";

    private static volatile @Nullable Attack current;

    private final Path below;
    private final Kind kind;
    private final int at;
    private final @Nullable Thread harness;
    private final Runnable kill;
    private final Consumer<Made> seen;
    private final CountDownLatch hung = new CountDownLatch(1);
    private final List<Made> calls = new ArrayList<>();
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private boolean dead;
    private boolean hangs;
    private boolean full;

    /// One whose victim is a part of this process, but not of this thread.
    ///
    /// @param at which call, from 1 on
    Attack(Path below, Kind kind, int at) {
        this(
                below,
                kind,
                at,
                Thread.currentThread(),
                () -> {
                    throw new Killed();
                },
                _ -> {});
    }

    /// @param at which call, from 1 on
    /// @param kill ends whoever makes a call from then on
    /// @param seen is told of each call before it is made
    Attack(Path below, Kind kind, int at, Runnable kill, Consumer<Made> seen) {
        this(below, kind, at, null, kill, seen);
    }

    private Attack(Path below, Kind kind, int at, @Nullable Thread harness, Runnable kill, Consumer<Made> seen) {
        this.below = below.toAbsolutePath();
        this.kind = kind;
        this.at = at;
        this.harness = harness;
        this.kill = kill;
        this.seen = seen;
    }

    /// Runs something under it, and closes what a process's end would have closed.
    void on(Runnable victim) throws IOException {
        current = this;
        try {
            victim.run();
        } catch (Killed killed) {
            // as planned
        } finally {
            current = null;
            for (Channel channel : open) {
                channel.close();
            }
        }
    }

    /// Begins for the rest of this process's life.
    void begin() {
        current = this;
    }

    synchronized boolean isDead() {
        return dead;
    }

    /// Whether its call has been made.
    synchronized boolean isHit() {
        return at > 0 && calls.size() >= at;
    }

    /// Nothing more is to be expected of it.
    synchronized boolean isStuck() {
        return dead || hangs;
    }

    /// Kills what hangs. Returns when no call of it is under way any more.
    void end() {
        synchronized (this) {
            dead |= hangs;
        }
        hung.countDown();
        Await.until(() -> underWay + " calls come back", () -> !isDead() || underWay.get() == 0);
    }

    /// What was called, in order.
    synchronized List<Made> calls() {
        return List.copyOf(calls);
    }

    /// Passes a call on that names a file, or doesn't.
    static <T extends @Nullable Object> T call(String what, Path path, Effect effect, Call<T> call) throws IOException {
        return call(what, path, effect, call, why -> new FileSystemException(path.toString(), null, why));
    }

    /// Passes a call on to an open file, or doesn't.
    static <T extends @Nullable Object> T onOpen(String what, Path path, Effect effect, Call<T> call)
            throws IOException {
        return call(what, path, effect, call, IOException::new);
    }

    private static <T extends @Nullable Object> T call(
            String what, Path path, Effect effect, Call<T> call, Function<String, IOException> failure)
            throws IOException {
        Attack attack = current;
        return attack == null
                        || Thread.currentThread().equals(attack.harness)
                        || !path.toAbsolutePath().startsWith(attack.below)
                ? call.make()
                : attack.judge(what + " " + attack.below.relativize(path.toAbsolutePath()), effect, call, failure);
    }

    static void opened(Path path, Channel channel) {
        Attack attack = current;
        if (attack != null && path.toAbsolutePath().startsWith(attack.below)) {
            attack.open.add(channel);
        }
    }

    /// @param failure as the JVM tells it, by why
    private <T extends @Nullable Object> T judge(
            String what, Effect effect, Call<T> call, Function<String, IOException> failure) throws IOException {
        boolean now;
        synchronized (this) {
            if (dead) {
                kill.run();
            }
            if (full && effect == Effect.GROWS) {
                throw failure.apply(NO_SPACE);
            }
            Made made = new Made(what, effect);
            calls.add(made);
            seen.accept(made);
            now = calls.size() == at || (kind == Kind.TWICE && calls.size() == at + 1);
            dead = now && kind == Kind.KILL;
            hangs |= now && kind == Kind.HANG;
            full |= now && kind == Kind.FULL;
            // counted before anybody can be told that it is dead
            if (!now || kind == Kind.NONE) {
                underWay.incrementAndGet();
            }
        }
        return switch (now ? kind : Kind.NONE) {
            case NONE -> made(call);
            case KILL -> {
                kill.run();
                throw new Killed();
            }
            case HANG -> {
                await(hung);
                throw new Killed();
            }
            case FAIL, TWICE -> throw failure.apply(BROKEN);
            case LOST -> {
                T _ = call.make();
                throw failure.apply(BROKEN);
            }
            case FULL -> throw failure.apply(NO_SPACE);
        };
    }

    private <T extends @Nullable Object> T made(Call<T> call) throws IOException {
        try {
            return call.make();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                // a disk that hangs doesn't care
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
