package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.archives.Catalogue;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Archives that an older app can open.
public final class Fitting {
    private Fitting() {}

    /// The newest of the head's line.
    ///
    /// @param fits asked of archives whose migration is known
    /// @return its name
    public static Optional<String> newest(LineageDocument document, Catalogue catalogue, Predicate<ArchiveFacts> fits) {
        return List.copyOf(document.history()).reversed().stream()
                .map(Listed::name)
                .filter(name -> catalogue
                        .find(name)
                        .map(Catalogue.Item::facts)
                        .filter(facts -> facts.migrationHead() != null)
                        .filter(fits)
                        .isPresent())
                .findFirst();
    }

    /// A version as a person names it.
    ///
    /// @throws AgentException USAGE if it names no release, or one of which nothing is known
    public static JellyfinVersion version(String text) {
        JellyfinVersion version = JellyfinVersion.parse(text)
                .orElseThrow(() -> new AgentException(
                        Reason.USAGE, "--fits " + text + " names no release of Jellyfin: write one like 10.10.7"));
        if (version.newestMigration().isEmpty()) {
            throw new AgentException(
                    Reason.USAGE,
                    "--fits " + text + ": this jellykeep doesn't know which migrations that release has: use a newer"
                            + " one, or choose an archive from `jellykeep list` by hand");
        }
        return version;
    }

    /// Whether a version surely can open it.
    public static boolean fits(JellyfinVersion version, ArchiveFacts facts) {
        return version.fit(facts.migrationHead(), facts.appVersion()) == JellyfinVersion.Fit.FITS;
    }
}
