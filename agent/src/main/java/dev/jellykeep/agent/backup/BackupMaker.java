package dev.jellykeep.agent.backup;

/// Turns this replica's data into archives. What becomes of them in the lineage is the caller's.
public interface BackupMaker {
    /// Makes one backup, unless a guard refuses it or nothing has changed.
    ///
    /// @throws dev.jellykeep.store.StoreException if the store could not be used; what was uploaded may be there
    /// @throws dev.jellykeep.agent.AgentException if the data could not be read
    BackupResult make(BackupRequest request);

    /// The archive that was made last is registered in the lineage: it is what the data are compared with from now on.
    void registered();
}
