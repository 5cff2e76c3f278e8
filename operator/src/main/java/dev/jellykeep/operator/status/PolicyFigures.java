package dev.jellykeep.operator.status;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.archives.ArchivesView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is measured of a policy beside what its status says. Times, no ages.
///
/// @param app resource id
/// @param objective unprotected time that still counts as protected
/// @param recoveryTime how long a cold start may take
/// @param restoreFailing replicas don't get past their restore
/// @param driftSince when our parts were first seen changed; null: they aren't
/// @param waitingSince when the wait for an idle app began; null: nothing waits
/// @param blob null: it can't be seen, or there is no lineage
public record PolicyFigures(
        String app,
        String mode,
        boolean suspended,
        Duration objective,
        Duration recoveryTime,
        boolean restoreFailing,
        @Nullable Instant driftSince,
        @Nullable Instant waitingSince,
        @Nullable Blob blob) {

    /// What Blob tells.
    ///
    /// @param active a replica has reported lately
    /// @param forks archives beside the line
    /// @param heartbeat when the holder reported last; null: nobody holds, or never did
    /// @param refused guard that refused the last snapshot of who runs; null: none did
    /// @param restore the newest outcome of any; null: none was reported
    public record Blob(
            boolean active,
            long epoch,
            long forks,
            @Nullable Instant heartbeat,
            @Nullable String refused,
            ReplicaReport.@Nullable Restored restore) {}

    public static PolicyFigures of(PolicySpec spec, Outcome outcome) {
        return new PolicyFigures(
                spec.containerApp().resourceId(),
                spec.mode() == Mode.PLAN ? "Plan" : "Enforce",
                spec.suspend(),
                ProtectedRule.recoveryPoint(spec),
                RecoveryFindings.longest(spec),
                outcome.restore().isPresent(),
                outcome.memory().driftSince(),
                outcome.memory().waitingSince(),
                outcome.archives() instanceof ArchivesView.Seen seen
                        ? seen.document().map(document -> blob(document, seen)).orElse(null)
                        : null);
    }

    private static Blob blob(LineageDocument document, ArchivesView.Seen seen) {
        Optional<Protection.Replica> holder = document.sealed()
                ? Optional.empty()
                : seen.replicas().stream()
                        .filter(each -> each.report().replica().equals(document.holder()))
                        .findFirst();
        return new Blob(
                seen.anyoneAlive(ProtectedRule.heardOf()),
                document.epoch(),
                document.forks().size() + seen.catalogue().unlisted(document).size(),
                holder.map(each -> seen.at().minus(each.age())).orElse(null),
                seen.replicas().stream()
                        .filter(each -> each.alive(ProtectedRule.heardOf()))
                        .map(each -> each.report().refused())
                        .filter(Objects::nonNull)
                        .map(ReplicaReport.Refused::reason)
                        .findFirst()
                        .orElse(null),
                seen.replicas().stream()
                        .map(each -> each.report().restore())
                        .filter(Objects::nonNull)
                        .max(Comparator.comparing(ReplicaReport.Restored::at))
                        .orElse(null));
    }
}
