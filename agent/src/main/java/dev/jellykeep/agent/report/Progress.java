package dev.jellykeep.agent.report;

/// Follows one long transfer.
public interface Progress {
    /// @param done bytes so far
    void at(long done);

    /// Says nothing.
    Progress NONE = done -> {};
}
