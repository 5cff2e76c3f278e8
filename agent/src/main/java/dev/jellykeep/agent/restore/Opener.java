package dev.jellykeep.agent.restore;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.jellyfin.JellyfinVersion.Fit;
import dev.jellykeep.contract.jellyfin.RevisionVersions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The app that is to open what is restored, as far as it is known. What is believed can't be outdated: a person's
/// word at a prompt, a migration that somebody has named, or what is written of this replica's own revision.
///
/// @param version of Jellyfin; null: not known
/// @param migration newest one that the app knows; null: what the version says
/// @param revision that this replica is of; null: by hand
/// @param doubtful version by a variable of the template, which may be older than the image; null: none
public record Opener(
        @Nullable JellyfinVersion version,
        @Nullable String migration,
        @Nullable String revision,
        @Nullable String doubtful) {

    Opener in(RevisionVersions versions) {
        JellyfinVersion known = revision == null ? null : versions.of(revision).orElse(null);
        return known == null ? this : new Opener(known, migration, revision, null);
    }

    /// @param facts of the archive; null: not known
    Fit fit(@Nullable ArchiveFacts facts) {
        if (facts == null) {
            return Fit.UNKNOWN;
        }
        if (migration != null) {
            return Fit.of(facts.migrationHead(), migration);
        }
        return version == null ? Fit.UNKNOWN : version.fit(facts.migrationHead(), facts.appVersion());
    }

    /// Whether the variable, could it be believed, would say that the data are too new.
    boolean doubts(@Nullable ArchiveFacts facts) {
        return migration == null
                && version == null
                && facts != null
                && JellyfinVersion.parse(doubtful)
                        .filter(old -> old.fit(facts.migrationHead(), facts.appVersion()) == Fit.TOO_NEW)
                        .isPresent();
    }

    /// For sentences.
    String words() {
        return Optional.ofNullable(version).map(known -> "Jellyfin " + known).orElse("the image that would open it");
    }
}
