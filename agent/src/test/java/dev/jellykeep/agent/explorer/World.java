package dev.jellykeep.agent.explorer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One state of everything.
///
/// @param writes user writes so far
/// @param last the replica that served users last
/// @param switched a rollout has moved the traffic
/// @param yields replicas that were asked to yield, as bits
/// @param late replicas that were told to stop so long ago that another went stale since, as bits
/// @param turn the replica whose code went on last
/// @param preemptions how often another's went on although that one's was not at a pause
record World(
        Blobs blobs,
        List<Replica> replicas,
        int writes,
        int last,
        boolean switched,
        Budget budget,
        int yields,
        int late,
        int turn,
        int preemptions) {

    Replica replica(int i) {
        return replicas.get(i);
    }

    World with(int i, Replica replica) {
        List<Replica> other = new ArrayList<>(replicas);
        other.set(i, replica);
        return new World(blobs, List.copyOf(other), writes, last, switched, budget, yields, late, turn, preemptions);
    }

    World with(Blobs other) {
        return new World(other, replicas, writes, last, switched, budget, yields, late, turn, preemptions);
    }

    World without(Budget.Fault fault) {
        return new World(blobs, replicas, writes, last, switched, budget.less(fault), yields, late, turn, preemptions);
    }

    World served(int by, int moreWrites, boolean nowSwitched) {
        return new World(
                blobs,
                replicas,
                writes + moreWrites,
                by,
                switched || nowSwitched,
                budget,
                yields,
                late,
                turn,
                preemptions);
    }

    /// Would it be a preemption if that replica's code went on?
    boolean preempts(int i) {
        if (turn == i) {
            return false;
        }
        Node at = replicas.get(turn).at();
        return at != null
                && !(at.call instanceof Call.Turn || at.call instanceof Call.Exit || at.call instanceof Call.Pause);
    }

    /// That replica's code goes on.
    World goesOn(int i) {
        return turn == i
                ? this
                : new World(
                        blobs,
                        replicas,
                        writes,
                        last,
                        switched,
                        budget,
                        yields,
                        late,
                        i,
                        preemptions + (preempts(i) ? 1 : 0));
    }

    /// That replica is asked to yield.
    World yielding(int i) {
        return new World(blobs, replicas, writes, last, switched, budget, yields | 1 << i, late, turn, preemptions);
    }

    /// As much time has passed as it takes to go stale.
    World aged() {
        int older = late;
        for (int i = 0; i < replicas.size(); i++) {
            older |= replicas.get(i).life() == Replica.Life.ENDING ? 1 << i : 0;
        }
        return new World(blobs, replicas, writes, last, switched, budget, yields, older, turn, preemptions);
    }

    /// How long ago was that replica told to stop?
    Duration sinceTold(int i) {
        return (late >> i & 1) == 1 ? AgentCode.STALE_AFTER : Duration.ZERO;
    }

    /// Was that replica asked to yield?
    boolean isYielding(int i) {
        return (yields >> i & 1) == 1;
    }

    /// Does that replica hold the lineage?
    boolean holds(int i) {
        return blobs.lineage().filter(it -> it.isHeldBy(Program.name(i))).isPresent();
    }

    /// All user writes so far, as bits.
    int all() {
        return (1 << writes) - 1;
    }

    long fingerprint() {
        long print = Fingerprint.of(
                blobs.fingerprint(budget.has(Budget.Fault.OLD_READ)),
                late * 1_000_000L + yields * 10_000L + writes * 100L + last * 2L + (switched ? 1 : 0),
                budget.fingerprint(),
                preemptions * 10L + turn);
        for (Replica replica : replicas) {
            print = Fingerprint.mix(print + replica.fingerprint());
        }
        return print;
    }
}
