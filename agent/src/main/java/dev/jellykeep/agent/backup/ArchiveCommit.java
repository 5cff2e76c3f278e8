package dev.jellykeep.agent.backup;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.UploadOutcome;

/// The moment at which an archive becomes visible.
public final class ArchiveCommit {
    private ArchiveCommit() {}

    /// Commits under a name that must be free; one that this very archive has taken already counts as done.
    ///
    /// @throws StoreException CHANGED if another has taken the name
    public static void commit(BlobStore store, BlobUpload upload, String name, ArchiveFacts facts) {
        UploadOutcome outcome = upload.commit(facts.toMetadata());
        if (outcome instanceof UploadOutcome.AlreadyExists && !isOurs(store, name, facts)) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    "another agent has just written " + name + " in " + store.describe()
                            + ": nothing was overwritten; the next backup takes a later name",
                    null);
        }
    }

    private static boolean isOurs(BlobStore store, String name, ArchiveFacts facts) {
        return store.facts(name)
                .map(BlobFacts::metadata)
                .flatMap(ArchiveFacts::from)
                .filter(there ->
                        there.owner().equals(facts.owner()) && there.sha256().equals(facts.sha256()))
                .isPresent();
    }
}
