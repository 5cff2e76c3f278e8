package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Ending;
import org.jspecify.annotations.Nullable;

/// One replica of the model: what its disk, its agent and the platform know.
///
/// @param traffic users reach it
/// @param data user writes, one bit each
/// @param base archive that was restored here
/// @param tip last registered archive of its line
/// @param pinned restored by a pin
/// @param healthy its app has been healthy
/// @param job what its agent does next
/// @param target archive or blob that the job is about
/// @param epoch of the archive that is being made; 0: not the holder's
/// @param uploaded whole but not registered yet
/// @param fresh nobody has written the document since it was read
/// @param ending decided at SIGTERM
/// @param stale its heartbeat is too old
/// @param clean it ended by itself
record Replica(
        Life life,
        boolean traffic,
        int data,
        @Nullable String base,
        @Nullable String tip,
        boolean pinned,
        boolean healthy,
        Job job,
        @Nullable String target,
        long epoch,
        @Nullable String uploaded,
        boolean fresh,
        @Nullable Ending ending,
        boolean stale,
        boolean clean) {

    enum Life {
        ABSENT,
        RESTORING,
        UP,
        ENDING,
        DEAD
    }

    enum Job {
        LOOK,
        ASK,
        WAIT,
        PLAN,
        ROLL,
        HOLD,
        PLACE,
        CLAIM,
        PUT,
        REGISTER,
        SEAL,
        ANSWER,
        DOOM,
        DELETE,
        DROP,
        EXIT
    }

    static final Replica ABSENT = new Replica(
            Life.ABSENT, false, 0, null, null, false, false, Job.LOOK, null, 0, null, false, null, false, false);

    static Replica serving(int data, String base) {
        return new Replica(
                Life.UP, true, data, base, base, false, true, Job.LOOK, null, 0, null, false, null, false, false);
    }

    boolean alive() {
        return life == Life.RESTORING || life == Life.UP || life == Life.ENDING;
    }

    boolean up() {
        return life == Life.UP;
    }

    /// Goes on to `next`; `read` if the document was read for it.
    Replica to(Job next, @Nullable String about, boolean read) {
        return new Replica(
                life, traffic, data, base, tip, pinned, healthy, next, about, epoch, uploaded, read, ending, stale,
                clean);
    }

    Replica toPut(long ofEpoch) {
        return new Replica(
                life, traffic, data, base, tip, pinned, healthy, Job.PUT, null, ofEpoch, uploaded, false, ending, stale,
                clean);
    }

    Replica withUploaded(@Nullable String name) {
        return new Replica(
                life, traffic, data, base, tip, pinned, healthy, Job.LOOK, null, 0, name, false, ending, stale, clean);
    }

    Replica registered(String name) {
        return new Replica(
                life, traffic, data, base, name, pinned, healthy, Job.LOOK, null, 0, null, false, ending, stale, clean);
    }

    Replica restarted(@Nullable String newTip, @Nullable String left) {
        return new Replica(
                life, traffic, data, base, newTip, pinned, healthy, Job.LOOK, null, 0, left, false, ending, stale,
                clean);
    }

    Replica placed(int restored, @Nullable String from, boolean byPin) {
        return new Replica(
                Life.UP, false, restored, from, from, byPin, false, Job.LOOK, null, 0, null, false, null, stale, false);
    }

    Replica starting() {
        return new Replica(
                Life.RESTORING, false, 0, null, null, false, false, Job.LOOK, null, 0, null, false, null, false, false);
    }

    Replica dead(boolean byItself) {
        return new Replica(
                Life.DEAD, false, data, null, tip, pinned, healthy, Job.LOOK, null, 0, null, false, ending, stale,
                byItself);
    }

    Replica told(@Nullable Ending decision) {
        return new Replica(
                Life.ENDING,
                false,
                data,
                base,
                tip,
                pinned,
                healthy,
                job,
                target,
                epoch,
                uploaded,
                fresh,
                decision,
                stale,
                clean);
    }

    Replica withEnding(Ending decision) {
        return new Replica(
                life, traffic, data, base, tip, pinned, healthy, Job.LOOK, null, 0, uploaded, false, decision, stale,
                clean);
    }

    Replica withData(int newData) {
        return new Replica(
                life, traffic, newData, base, tip, pinned, healthy, job, target, epoch, uploaded, fresh, ending, stale,
                clean);
    }

    Replica withApp(boolean isHealthy, boolean serves) {
        return new Replica(
                life, serves, data, base, tip, pinned, isHealthy, job, target, epoch, uploaded, fresh, ending, stale,
                clean);
    }

    Replica withStale(boolean isStale) {
        return new Replica(
                life, traffic, data, base, tip, pinned, healthy, job, target, epoch, uploaded, fresh, ending, isStale,
                clean);
    }

    Replica outdated() {
        return fresh
                ? new Replica(
                        life, traffic, data, base, tip, pinned, healthy, job, target, epoch, uploaded, false, ending,
                        stale, clean)
                : this;
    }
}
