package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Where a restore puts data: one data root. What is to be restored is decided elsewhere.
public interface RestoreTarget {
    /// What is there now.
    LocalData look();

    /// Says whose data this is, where nothing is restored.
    void identify(ReplicaIdentity identity) throws IOException;

    /// Removes what an attempt that was killed had put here.
    void undoUnfinished() throws IOException;

    /// Downloads an archive and proves that it is good. Nothing is put in place yet.
    ///
    /// @throws ArchiveRefused if it can't be used; another may be
    /// @throws AgentException if a person has to decide, or there is no space
    Prepared prepare(Catalogue catalogue, String name, Set<Reason> accepted) throws IOException;

    /// Forgets what was prepared.
    void discard() throws IOException;

    /// A good archive, ready to be put in place.
    interface Prepared {
        /// Of the blob.
        String sha256();

        /// Databases of an older archive that stay as they were copied.
        List<String> unrecovered();

        /// Puts it in place. The identity is there first and is complete last, so that a kill leaves no data at all or
        /// whole ones.
        ///
        /// @param started not complete yet
        /// @param setAside what is here goes below our own folder first
        /// @param content digest of what it holds; empty where that isn't known
        Placed place(ReplicaIdentity started, boolean setAside, String content) throws IOException;
    }

    /// What putting it in place came to.
    ///
    /// @param users in the main database; -1 where there is none
    /// @param left paths of the archive that were not placed
    /// @param synthesised a minimal `system.xml` was written
    record Placed(
            long users,
            long entries,
            long bytes,
            List<String> left,
            boolean synthesised,
            Duration transfer,
            Duration check) {}
}
