package dev.jellykeep.contract.lineage.explorer;

/// How many faults of each kind may still happen.
///
/// @param kill replicas killed
/// @param lost swaps whose reply is lost, or that fail
/// @param restart sidecars and init containers restarted
/// @param stale living replicas cut off until their heartbeat is stale
/// @param prune archives that retention drops
/// @param documentLost somebody deletes the document
/// @param zero replicas scaled in
record Budget(int kill, int lost, int restart, int stale, int prune, int documentLost, int zero) {
    static final Budget NONE = new Budget(0, 0, 0, 0, 0, 0, 0);

    Budget kill(int more) {
        return new Budget(kill + more, lost, restart, stale, prune, documentLost, zero);
    }

    Budget lost(int more) {
        return new Budget(kill, lost + more, restart, stale, prune, documentLost, zero);
    }

    Budget restart(int more) {
        return new Budget(kill, lost, restart + more, stale, prune, documentLost, zero);
    }

    Budget stale(int more) {
        return new Budget(kill, lost, restart, stale + more, prune, documentLost, zero);
    }

    Budget prune(int more) {
        return new Budget(kill, lost, restart, stale, prune + more, documentLost, zero);
    }

    Budget documentLost(int more) {
        return new Budget(kill, lost, restart, stale, prune, documentLost + more, zero);
    }

    Budget zero(int more) {
        return new Budget(kill, lost, restart, stale, prune, documentLost, zero + more);
    }
}
