package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.RunningVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells agents which version of Jellyfin each revision runs, so that a restore knows whether it can open the data. It
/// is no variable in the template: that would be a revision of its own after each upgrade, and outdated until then.
final class VersionsTold {
    private VersionsTold() {}

    /// What is to be written; empty where all is known. Revisions are read once for each new one.
    ///
    /// @param revisions asked only where the newest is not known yet, and nobody has looked
    static Optional<RevisionVersions> news(
            Situation now, ArchivesView.Seen seen, Supplier<Reading<List<Revision>>> revisions) {
        Map<String, String> known = seen.told().versions().versions();
        String latest = now.app().path("properties").path("latestRevisionName").asText();
        Map<String, String> more = new LinkedHashMap<>();
        for (Revision each : read(now, latest.isEmpty() || known.containsKey(latest), revisions)) {
            boolean matters = each.active() || each.name().equals(latest);
            if (matters && !known.containsKey(each.name())) {
                more.put(
                        each.name(),
                        RunningVersion.of(each.images(), now.spec()).orElse(""));
            }
        }
        return more.isEmpty()
                ? Optional.empty()
                : Optional.of(seen.told().versions().with(more));
    }

    private static List<Revision> read(
            Situation now, boolean latestIsKnown, Supplier<Reading<List<Revision>>> revisions) {
        if (now.running() != null) {
            return now.running().revisions();
        }
        if (latestIsKnown) {
            return List.of();
        }
        try {
            return revisions.get() instanceof Reading.Found<List<Revision>>(List<Revision> found) ? found : List.of();
        } catch (ArmException e) {
            // the next look asks again
            return List.of();
        }
    }
}
