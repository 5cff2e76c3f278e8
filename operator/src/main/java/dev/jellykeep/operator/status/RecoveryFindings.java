package dev.jellykeep.operator.status;

import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.archives.ArchivesView;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Whether restoring has been proven lately, and is fast enough.
final class RecoveryFindings {
    /// The ingress answers 504 after four minutes; the image has to be pulled before that, too.
    private static final Duration USUAL = Duration.ofMinutes(3);

    private RecoveryFindings() {}

    /// The newest cold start that restored something, of any replica.
    static Optional<ReplicaReport.Restored> coldStart(ArchivesView.Seen seen) {
        return seen.replicas().stream()
                .map(each -> each.report().restore())
                .filter(Objects::nonNull)
                .filter(each -> each.outcome().equals("restored"))
                .max(Comparator.comparing(ReplicaReport.Restored::at));
    }

    /// How long a cold start may take.
    static Duration longest(PolicySpec spec) {
        return spec.objectives() == null || spec.objectives().recoveryTime() == null
                ? USUAL
                : ProtectedRule.time(spec.objectives().recoveryTime());
    }

    static List<Finding> of(PolicySpec spec, ArchivesView.Seen seen) {
        List<Finding> all = new ArrayList<>();
        proven(spec, seen).ifPresent(all::add);
        coldStart(seen).ifPresent(last -> all.add(time(spec, last)));
        return all;
    }

    private static Optional<Finding> proven(PolicySpec spec, ArchivesView.Seen seen) {
        Proof proof = seen.told().proof();
        Instant at = seen.told().proven();
        if (proof == null || at == null) {
            return spec.drill() == null
                    ? Optional.empty()
                    : Optional.of(new Finding(
                            "RecoveryProven",
                            Truth.FALSE,
                            "NeverDrilled",
                            "no archive was ever restored, in earnest or for a try: ask for a drill with the annotation"
                                    + " jellykeep.dev/drill-requested, or run `jellykeep verify`"));
        }
        if (!proof.good()) {
            return Optional.of(new Finding(
                    "RecoveryProven",
                    Truth.FALSE,
                    "DrillFailed",
                    proof.archive() + ", " + proof.how().wireName() + ": " + proof.detail()
                            + ": look at the archives with `jellykeep verify --all`"));
        }
        String maxAge = spec.drill() == null ? null : spec.drill().maxAge();
        Instant limit = maxAge == null ? Instant.MIN : seen.at().minus(ProtectedRule.time(maxAge));
        String what = proof.archive() + " was proven by " + proof.how().wireName() + " at "
                + at.truncatedTo(ChronoUnit.SECONDS);
        return Optional.of(
                at.isBefore(limit)
                        ? new Finding(
                                "RecoveryProven",
                                Truth.FALSE,
                                "DrillExpired",
                                what + ", which is longer ago than drill.maxAge")
                        : new Finding("RecoveryProven", Truth.TRUE, "Proven", what));
    }

    private static Finding time(PolicySpec spec, ReplicaReport.Restored last) {
        Long recovery = last.recovery();
        long most = longest(spec).toMillis();
        if (recovery == null) {
            return last.millis() > most
                    ? tooSlow(last.millis(), most, "its restore alone took")
                    : new Finding(
                            "RecoveryTimeMet",
                            Truth.UNKNOWN,
                            "NotMeasured",
                            "the last cold start was not seen to get healthy; its restore took " + last.millis()
                                    + " ms");
        }
        return recovery > most
                ? tooSlow(recovery, most, "it took")
                : new Finding(
                        "RecoveryTimeMet",
                        Truth.TRUE,
                        "FastEnough",
                        "the last cold start took " + recovery + " ms from its restore until Jellyfin was healthy");
    }

    private static Finding tooSlow(long millis, long most, String what) {
        return new Finding(
                "RecoveryTimeMet",
                Truth.FALSE,
                "TooSlow",
                "of the last cold start " + what + " " + millis + " ms, more than " + most
                        + " ms; the ingress gives up after 240 s: give the app more CPU, or leave more out with exclude");
    }
}
