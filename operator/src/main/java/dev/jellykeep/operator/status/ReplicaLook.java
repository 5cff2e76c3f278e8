package dev.jellykeep.operator.status;

import dev.jellykeep.operator.archives.ArchivesView;

/// When revisions and replicas are looked at, which costs reads of ARM: only where Blob doesn't say who runs.
public final class ReplicaLook {
    private ReplicaLook() {}

    /// An open head of which nobody has heard lately; a first start that may not get past its restore; or archives that
    /// can't be seen.
    ///
    /// @param injected whether the app has containers of ours
    public static boolean wanted(boolean injected, ArchivesView archives) {
        return switch (archives) {
            case ArchivesView.Hidden _ -> injected;
            case ArchivesView.Seen seen ->
                !seen.anyoneAlive(ProtectedRule.heardOf())
                        && seen.document()
                                .filter(document -> document.head().isPresent() ? !document.sealed() : injected)
                                .isPresent();
        };
    }
}
