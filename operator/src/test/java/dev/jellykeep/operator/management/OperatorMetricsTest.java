package dev.jellykeep.operator.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.ArmFigures;
import dev.jellykeep.operator.arm.BudgetFigures;
import dev.jellykeep.operator.arm.RequestFigures;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.decide.Decision;
import dev.jellykeep.operator.desired.PolicyName;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.operator.status.PolicyFigures;
import dev.jellykeep.operator.status.StatusText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private static final PolicyName FAMILY = new PolicyName("media", "family");
    private static final Pattern SERIES = Pattern.compile("(\\w+)(?:\\{(.*)\\})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"[^\"]*\"");

    /// As an adapter would say them.
    private static final ArmFigures ARM = new ArmFigures() {
        @Override
        public List<BudgetFigures> budgets() {
            return List.of(
                    new BudgetFigures("sub-a", 12.5, -1, Case.NOW.plusSeconds(30), 3, Duration.ofMillis(1500), 2, 1));
        }

        @Override
        public List<RequestFigures> requests() {
            return List.of(
                    new RequestFigures("GET", "200", 40, Duration.ofSeconds(4)),
                    new RequestFigures("PATCH", "none", 1, Duration.ofSeconds(20)));
        }
    };

    private final OperatorMetrics metrics = new OperatorMetrics(() -> Case.NOW, ARM, () -> true);

    private static Case full() {
        Case at = Case.injected().held().runs(Case.whole("r1"));
        at.reports.clear();
        return at;
    }

    private static ReplicaReport report(String outcome, Instant restored) {
        return ReportDraft.of(Case.blank(Case.HOLDER, "holding"))
                .unsavedSince(Case.NOW.minusSeconds(100))
                .nextDue(Case.NOW.plusSeconds(60))
                .refused(new ReplicaReport.Refused("SHRINK", "half is gone", null, Case.NOW))
                .restore(new ReplicaReport.Restored(outcome, null, null, restored, 2500))
                .build()
                .at(Case.NOW.minusSeconds(20));
    }

    private void saw(PolicyName policy, Case at, ArchivesView archives, String... reasons) {
        Decision decision = at.decide();
        Outcome outcome = new Outcome(
                decision.progress(),
                Outcome.Target.FOUND,
                at.situation(),
                archives,
                decision.memory(),
                List.of(),
                Optional.empty());
        PolicyStatus status = StatusText.of(null, outcome, 1, Case.NOW);
        metrics.policies().saw(policy, status, PolicyFigures.of(at.spec, outcome), List.of(reasons));
    }

    private void sawEverything() {
        Case at = full().report(report("restored", Case.NOW.minusSeconds(3600)), Duration.ofSeconds(20));
        saw(FAMILY, at, at.archives());
        at.reports.clear();
        at.report(report("failed", Case.NOW.minusSeconds(60)), Duration.ofSeconds(20));
        at.report(
                ReportDraft.of(Case.blank("earlier", "ended"))
                        .restore(new ReplicaReport.Restored(
                                "restored", null, null, Case.NOW.minusSeconds(3600), 2500, 5000L))
                        .build(),
                Duration.ofHours(1));
        saw(FAMILY, at, proven(at.archives()), "DriftCorrected", "TemplatePatched", "RolloutFailed");
        metrics.policies().happened("TemplatePatched");
    }

    private static ArchivesView proven(ArchivesView view) {
        var seen = (ArchivesView.Seen) view;
        var proof = new Proof("a", Proof.How.DRILL, true, "whole", Case.NOW, 5, 5, 1, 2, "0.1.0");
        return new ArchivesView.Seen(
                seen.reading(),
                seen.catalogue(),
                seen.replicas(),
                seen.control(),
                seen.suspended(),
                seen.at(),
                seen.unread(),
                seen.rollout(),
                new ArchivesView.Seen.Told(null, null, RevisionVersions.none(), proof, Case.NOW));
    }

    /// Names with their labels, and what is said of each.
    private Map<String, Set<String>> exported() {
        Map<String, Set<String>> exported = new TreeMap<>();
        metrics.scrape().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            var series = SERIES.matcher(line);
            assertThat(series.matches()).as(line).isTrue();
            var labels = exported.computeIfAbsent(series.group(1), _ -> new TreeSet<>());
            LABEL.matcher(String.valueOf(series.group(2))).results().forEach(each -> labels.add(each.group(1)));
        });
        return exported;
    }

    private double value(String series) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + series + " in\n" + metrics.scrape()));
    }

    @Test
    void theDocumentAndTheProgramNameTheSameSeriesWithTheSameLabels() throws IOException {
        sawEverything();
        assertThat(exported()).containsExactlyInAnyOrderEntriesOf(DocumentedMetrics.read());
    }

    @Test
    void everySeriesIsExplainedAndNamedAsPrometheusWants() {
        sawEverything();
        String text = metrics.scrape();
        assertThat(exported().keySet()).allSatisfy(name -> {
            assertThat(text).containsPattern("# HELP " + name + " \\S+");
            boolean counter = text.contains("# TYPE " + name + " counter");
            assertThat(counter).as(name).isEqualTo(name.endsWith("_total"));
            assertThat(text).contains("# TYPE " + name + (counter ? " counter" : " gauge"));
            assertThat(name).doesNotEndWith("_count").doesNotEndWith("_sum").doesNotContain("milli");
        });
    }

    @Test
    void whatWasSeenIsWhatIsSaid() {
        sawEverything();
        String family = "{name=\"family\",namespace=\"media\"}";
        assertThat(value("jellyfin_backup_unprotected_seconds" + family)).isEqualTo(100);
        assertThat(value("jellyfin_backup_archives" + family)).isPositive();
        assertThat(value("jellyfin_backup_holder_heartbeat_timestamp_seconds" + family))
                .isEqualTo((double) Case.NOW.getEpochSecond() - 20);
        assertThat(value("jellyfin_backup_recovery_point_objective_seconds" + family))
                .isEqualTo(1800);
        assertThat(value("jellyfin_backup_drift_corrections_total" + family)).isEqualTo(1);
        assertThat(value("jellyfin_restores_total{name=\"family\",namespace=\"media\",outcome=\"failed\"}"))
                .isEqualTo(1);
        assertThat(
                        value(
                                "jellyfin_restore_last_duration_seconds{name=\"family\",namespace=\"media\",outcome=\"failed\"}"))
                .isEqualTo(2.5);
        assertThat(value("azure_arm_requests_total{code=\"200\",method=\"GET\"}"))
                .isEqualTo(40);
        assertThat(value("azure_arm_limiter_wait_seconds_total{subscription=\"sub-a\"}"))
                .isEqualTo(1.5);
        assertThat(value("azure_arm_stopped_seconds{subscription=\"sub-a\"}")).isEqualTo(30);
        assertThat(metrics.scrape()).doesNotContain("outcome=\"restored\"");
    }

    @Test
    void oneRestoreIsCountedOnceAndAWordThatNobodyKnowsMakesNoLabel() {
        Case at = full().report(report("restored", Case.NOW.minusSeconds(3600)), Duration.ofSeconds(20));
        saw(FAMILY, at, at.archives());
        for (int look = 0; look < 3; look++) {
            at.reports.clear();
            at.report(report("invented-" + look / 2, Case.NOW.minusSeconds(60)), Duration.ofSeconds(20));
            saw(FAMILY, at, at.archives());
        }
        assertThat(value("jellyfin_restores_total{name=\"family\",namespace=\"media\",outcome=\"other\"}"))
                .isEqualTo(1);
        assertThat(metrics.scrape()).doesNotContain("invented");
    }

    @Test
    void aDeletedPolicyLeavesNoSeriesAndItsNeighbourKeepsAll() {
        sawEverything();
        PolicyName other = new PolicyName("media", "other");
        Case at = full().report(report("kept", Case.NOW), Duration.ofSeconds(20));
        saw(other, at, at.archives(), "DriftCorrected");
        metrics.policies().gone(FAMILY);

        assertThat(metrics.scrape())
                .doesNotContain("name=\"family\"")
                .contains("jellyfin_backup_drift_corrections_total{name=\"other\",namespace=\"media\"} 1");
        saw(FAMILY, at, at.archives());
        assertThat(value("jellyfin_backup_drift_corrections_total{name=\"family\",namespace=\"media\"}"))
                .as("of a policy that is new under an old name")
                .isZero();
    }

    @Test
    void whatCannotBeSeenIsNoFigure() {
        sawEverything();
        Case at = full();
        saw(FAMILY, at, new ArchivesView.Hidden("StorageForbidden", "no role"));
        assertThat(metrics.scrape())
                .contains("jellyfin_backup_policy_target{")
                .doesNotContain(
                        "jellyfin_backup_unprotected_seconds{",
                        "jellyfin_backup_archives{",
                        "jellyfin_backup_target_active{",
                        "jellyfin_backup_holder_heartbeat_timestamp_seconds{",
                        "jellyfin_backup_forks{");
    }
}
