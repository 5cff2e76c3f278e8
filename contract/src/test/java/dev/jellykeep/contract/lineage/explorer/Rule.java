package dev.jellykeep.contract.lineage.explorer;

/// Rules of the protocol that a mutant leaves out.
enum Rule {
    NONE_REMOVED,
    /// A failed swap says nothing; mutant: it means superseded, and the archive is moved away.
    REREAD_AFTER_412,
    /// Only archives of the document's epoch become head.
    OWN_EPOCH,
    /// History is cut where the other line left it; mutant: it is only extended.
    ANCESTRY_CUT,
    /// Names are doomed by a swap before their blobs are deleted.
    DOOM_FIRST,
    /// Nobody claims while the holder is open and alive.
    WAIT_FOR_HOLDER,
    /// Only who has been healthy claims and backs up.
    HEALTH,
    /// Decided once, at SIGTERM; mutant: a late final backup may take over.
    DECIDE_ONCE,
    /// An own fork is news for the head.
    FORK_IS_NEWS,
    /// A pin is consumed by the first promotion.
    PIN_ONCE,
    /// A pinned restore holds its archive.
    HOLD_PINNED,
    /// A whole archive on top of the head is rolled forward.
    ROLL,
    /// A claim raises the epoch.
    CLAIM_RAISES_EPOCH
}
