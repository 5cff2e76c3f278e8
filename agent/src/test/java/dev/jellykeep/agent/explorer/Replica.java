package dev.jellykeep.agent.explorer;

import dev.jellykeep.contract.replica.ReplicaIdentity;
import org.jspecify.annotations.Nullable;

/// A replica: its app, its disk and where its agent's code stands.
///
/// @param traffic users are served
/// @param data what the app's data are now
/// @param healthy its app has been healthy
/// @param wasServing users were served when it was told to stop
/// @param appGone its app has ended
/// @param outOfTime its agent has given up waiting for the app's end
/// @param stale its heartbeat is too old
/// @param clean it ended by itself, and not for want of time
/// @param identity null: nothing was restored yet
/// @param index what lies on the disk
/// @param at null: it doesn't run
record Replica(
        Life life,
        boolean traffic,
        int data,
        boolean healthy,
        boolean wasServing,
        boolean appGone,
        boolean outOfTime,
        boolean stale,
        boolean clean,
        @Nullable ReplicaIdentity identity,
        Index index,
        @Nullable Node at) {

    enum Life {
        ABSENT,
        RESTORING,
        UP,
        ENDING,
        DEAD
    }

    static final Replica ABSENT =
            new Replica(Life.ABSENT, false, 0, false, false, false, false, false, false, null, Index.NONE, null);

    boolean alive() {
        return life == Life.RESTORING || life == Life.UP || life == Life.ENDING;
    }

    boolean up() {
        return life == Life.UP;
    }

    Replica at(Node node) {
        return new Replica(
                life, traffic, data, healthy, wasServing, appGone, outOfTime, stale, clean, identity, index, node);
    }

    Replica restoring(Node node) {
        return new Replica(Life.RESTORING, false, 0, false, false, false, false, stale, false, null, Index.NONE, node);
    }

    Replica placed(ReplicaIdentity as, int with) {
        return new Replica(
                life,
                traffic,
                with,
                healthy,
                wasServing,
                appGone,
                outOfTime,
                stale,
                clean,
                as,
                new Index(as.base(), with),
                at);
    }

    Replica running(Node node) {
        return new Replica(Life.UP, traffic, data, healthy, false, false, false, stale, false, identity, index, node);
    }

    Replica with(Index other) {
        return new Replica(
                life, traffic, data, healthy, wasServing, appGone, outOfTime, stale, clean, identity, other, at);
    }

    Replica withData(int other) {
        return new Replica(
                life, traffic, other, healthy, wasServing, appGone, outOfTime, stale, clean, identity, index, at);
    }

    Replica withApp(boolean isHealthy, boolean serves) {
        return new Replica(
                life, serves, data, isHealthy, wasServing, appGone, outOfTime, stale, clean, identity, index, at);
    }

    Replica told() {
        return new Replica(Life.ENDING, false, data, healthy, traffic, false, false, stale, false, identity, index, at);
    }

    Replica appEnded() {
        return new Replica(
                life, traffic, data, healthy, wasServing, true, outOfTime, stale, clean, identity, index, at);
    }

    Replica withoutTime() {
        return new Replica(life, traffic, data, healthy, wasServing, appGone, true, stale, clean, identity, index, at);
    }

    Replica withStale(boolean isStale) {
        return new Replica(
                life, traffic, data, healthy, wasServing, appGone, outOfTime, isStale, clean, identity, index, at);
    }

    Replica dead(boolean byItself) {
        return new Replica(
                Life.DEAD, false, data, healthy, wasServing, true, outOfTime, stale, byItself, identity, index, null);
    }

    long fingerprint() {
        int flags = (traffic ? 1 : 0)
                | (healthy ? 2 : 0)
                | (wasServing ? 4 : 0)
                | (appGone ? 8 : 0)
                | (stale ? 16 : 0)
                | (clean ? 32 : 0)
                | (outOfTime ? 64 : 0);
        return Fingerprint.of(
                data * 128L + flags,
                life.name(),
                identity == null ? "none" : identity.base() + "|" + identity.pinToken(),
                index.name() + "|" + index.data(),
                at == null ? -1L : (long) at.id);
    }
}
