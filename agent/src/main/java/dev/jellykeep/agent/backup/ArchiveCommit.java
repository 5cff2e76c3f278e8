package dev.jellykeep.agent.backup;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.UploadOutcome;

/// The moment at which an archive becomes visible.
public final class ArchiveCommit {
    private ArchiveCommit() {}

    /// Commits under a name that must be free; one that this very archive has taken already counts as done. What
    /// the store has kept otherwise than it was sent goes again: it looks like a good archive, and would be
    /// registered as one whose reply was lost.
    ///
    /// @throws StoreException CHANGED if another has taken the name; MISMATCH if the store holds something else
    public static void commit(BlobStore store, BlobUpload upload, String name, ArchiveFacts facts) {
        UploadOutcome outcome;
        try {
            outcome = upload.commit(facts.toMetadata());
        } catch (StoreException e) {
            throw e.kind() == StoreException.Kind.MISMATCH ? removed(store, name, facts, e) : e;
        }
        if (outcome instanceof UploadOutcome.AlreadyExists && !isOurs(store, name, facts)) {
            throw new StoreException(
                    StoreException.Kind.CHANGED,
                    "another agent has just written " + name + " in " + store.describe()
                            + ": nothing was overwritten; the next backup takes a later name",
                    null);
        }
    }

    private static StoreException removed(BlobStore store, String name, ArchiveFacts facts, StoreException why) {
        try {
            if (!isOurs(store, name, facts) || store.delete(name) != DeleteOutcome.KEPT_BY_POLICY) {
                return why;
            }
        } catch (StoreException e) {
            why.addSuppressed(e);
        }
        return new StoreException(
                StoreException.Kind.MISMATCH,
                why.getMessage() + " It could not be deleted, and is no good archive: delete " + name + " in "
                        + store.describe() + " yourself",
                why);
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
