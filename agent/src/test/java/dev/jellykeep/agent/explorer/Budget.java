package dev.jellykeep.agent.explorer;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/// How many faults of each kind may still happen.
final class Budget {
    /// What may go wrong.
    enum Fault {
        /// A replica is killed.
        KILL,
        /// A write fails, and may have been done all the same.
        LOST,
        /// A write is given up by its agent and done later.
        DELAY,
        /// A read fails.
        UNREAD,
        /// A read of the document answers what it was before.
        OLD_READ,
        /// A sidecar or an init container starts anew.
        RESTART,
        /// A living replica is cut off until its heartbeat is stale.
        STALE,
        /// Somebody deletes the document.
        DOCUMENT_LOST,
        /// Somebody overwrites the document with nonsense.
        DOCUMENT_TORN,
        /// The app doesn't end in time.
        APP_STAYS,
        /// A replica is scaled in.
        ZERO,
        /// The app damages its data.
        DAMAGE,
        /// An archive that is in the store goes bad.
        ROT,
        /// A replica is asked to leave the lineage to another.
        YIELD,
        /// An older tool that still runs puts an archive of its own.
        OLD_TOOL
    }

    static final Budget NONE = new Budget(new EnumMap<>(Fault.class));

    private final Map<Fault, Integer> left;
    private final long fingerprint;

    private Budget(Map<Fault, Integer> left) {
        this.left = left;
        long print = 0;
        for (Fault fault : Fault.values()) {
            print = print * 5 + left.getOrDefault(fault, 0);
        }
        this.fingerprint = Fingerprint.mix(print);
    }

    Budget and(Fault fault) {
        return plus(fault, 1);
    }

    Budget and(Fault fault, int count) {
        return plus(fault, count);
    }

    Budget less(Fault fault) {
        return plus(fault, -1);
    }

    private Budget plus(Fault fault, int more) {
        Map<Fault, Integer> other = new EnumMap<>(left);
        other.merge(fault, more, Integer::sum);
        return new Budget(other);
    }

    boolean has(Fault fault) {
        return left.getOrDefault(fault, 0) > 0;
    }

    int of(Fault fault) {
        return left.getOrDefault(fault, 0);
    }

    boolean hasAny(Fault... faults) {
        return Arrays.stream(faults).anyMatch(this::has);
    }

    long fingerprint() {
        return fingerprint;
    }
}
