package dev.jellykeep.operator.desired;

/// How much of an injection a template holds.
public enum Presence {
    NONE,
    /// The init container alone: what the replica writes is saved by nobody.
    RESTORE_ONLY,
    /// The sidecar alone: the next replica starts without a restore.
    AGENT_ONLY,
    WHOLE;

    static Presence of(boolean restore, boolean agent) {
        if (restore) {
            return agent ? WHOLE : RESTORE_ONLY;
        }
        return agent ? AGENT_ONLY : NONE;
    }
}
