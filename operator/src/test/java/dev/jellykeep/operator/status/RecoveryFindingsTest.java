package dev.jellykeep.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.desired.Worlds;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A proof that is too old is none, and a start that is too slow is said before the ingress says it.
class RecoveryFindingsTest {
    private static final String MONTH = "drill: {maxAge: 720h}";

    @Test
    void a_proof_counts_until_it_is_too_old() {
        assertThat(judge(MONTH, proof(true), Duration.ofDays(30), null)).contains("RecoveryProven TRUE Proven");
        assertThat(judge(MONTH, proof(true), Duration.ofDays(30).plusSeconds(1), null))
                .contains("RecoveryProven FALSE DrillExpired");
        assertThat(judge("", proof(true), Duration.ofDays(3000), null)).contains("RecoveryProven TRUE Proven");
    }

    @Test
    void a_failed_drill_is_no_proof_however_young() {
        assertThat(judge("", proof(false), Duration.ZERO, null)).contains("RecoveryProven FALSE DrillFailed");
    }

    @Test
    void who_wants_proofs_hears_that_there_is_none() {
        assertThat(judge(MONTH, null, Duration.ZERO, null)).contains("RecoveryProven FALSE NeverDrilled");
        assertThat(judge("", null, Duration.ZERO, null)).isEmpty();
    }

    @Test
    void a_cold_start_that_comes_near_the_ingresss_patience_is_said() {
        assertThat(judge("", null, Duration.ZERO, start(20_000, 60_000L))).contains("RecoveryTimeMet TRUE FastEnough");
        assertThat(judge("", null, Duration.ZERO, start(20_000, 180_001L))).contains("RecoveryTimeMet FALSE TooSlow");
        assertThat(judge("objectives: {recoveryTime: 30s}", null, Duration.ZERO, start(20_000, 60_000L)))
                .contains("RecoveryTimeMet FALSE TooSlow");
        assertThat(judge("", null, Duration.ZERO, start(20_000, null))).contains("RecoveryTimeMet UNKNOWN NotMeasured");
        assertThat(judge("", null, Duration.ZERO, start(200_000, null))).contains("RecoveryTimeMet FALSE TooSlow");
    }

    private static Proof proof(boolean good) {
        return new Proof("a", Proof.How.DRILL, good, "whole", Case.NOW, 5, 5, 1, 2, "0.1.0");
    }

    private static ReplicaReport.Restored start(long millis, @Nullable Long recovery) {
        return new ReplicaReport.Restored("restored", "a", null, Case.NOW, millis, recovery);
    }

    private static List<String> judge(
            String spec, @Nullable Proof proof, Duration age, ReplicaReport.@Nullable Restored start) {
        Instant proven = proof == null ? null : Case.NOW.minus(age);
        var replicas = Optional.ofNullable(start)
                .map(restored -> new Protection.Replica(
                        ReportDraft.of(Case.blank("x", "holding"))
                                .restore(restored)
                                .build(),
                        Duration.ZERO))
                .stream()
                .toList();
        var seen = new ArchivesView.Seen(
                new Reading.Missing(),
                new Catalogue(Map.of(), Map.of()),
                replicas,
                Set.of(),
                false,
                Case.NOW,
                List.of(),
                null,
                new ArchivesView.Seen.Told(null, null, RevisionVersions.none(), proof, proven));
        return RecoveryFindings.of(Worlds.spec(spec), seen).stream()
                .map(each -> each.type() + " " + each.truth() + " " + each.reason())
                .toList();
    }
}
