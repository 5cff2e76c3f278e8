package dev.jellykeep.agent.run;

import dev.jellykeep.agent.restore.Fitting;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import java.util.Optional;

/// A server that is older than its data, and came up all the same: the restore couldn't know. What it writes is still
/// saved; a person is told how to go back.
final class OlderApp {
    private OlderApp() {}

    /// @param told what the app says of its version
    static Optional<String> judge(Optional<String> told, LineageDocument document, BlobStore store) {
        JellyfinVersion version = told.flatMap(JellyfinVersion::parse).orElse(null);
        if (version == null || document.head().isEmpty()) {
            return Optional.empty();
        }
        Catalogue catalogue = Catalogue.of(store);
        boolean older = document.head()
                .map(Listed::name)
                .flatMap(catalogue::find)
                .map(Catalogue.Item::facts)
                .filter(facts -> version.fit(facts.migrationHead(), facts.appVersion()) == JellyfinVersion.Fit.TOO_NEW)
                .isPresent();
        if (!older) {
            return Optional.empty();
        }
        return Optional.of(
                "Jellyfin " + version + " runs on data of a newer version (APP_OLDER_THAN_DATA), last archive"
                        + " that fits: "
                        + Fitting.newest(document, catalogue, facts -> Fitting.fits(version, facts))
                                .map(name -> name + ": `jellykeep pin " + name + "`, then restart its revision")
                                .orElse("none")
                        + "; or use the newer image");
    }
}
