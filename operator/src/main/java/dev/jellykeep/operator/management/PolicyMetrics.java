package dev.jellykeep.operator.management;

import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.operator.api.BackupsStatus;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.api.RecoveryStatus;
import dev.jellykeep.operator.desired.PolicyName;
import dev.jellykeep.operator.status.PolicyFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Figures of policies: those of one that is gone are gone too. Ages are made when they are read; what isn't seen any
/// more is no figure.
public final class PolicyMetrics {
    private static final String SENT = "sent";
    private static final String FAILED = "failed";
    private static final Set<String> OUTCOMES = Set.of("restored", "kept", "started-empty", FAILED);

    private final MeterRegistry registry;
    private final Map<PolicyName, Known> policies = new ConcurrentHashMap<>();
    private final List<Runnable> gauges = new ArrayList<>();

    private record Known(PolicyStatus status, PolicyFigures figures) {}

    PolicyMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        gauge("jellyfin_backup_policy_condition", "1 for the status that a condition has", PolicyMetrics::conditions);
        gauge(
                "jellyfin_backup_policy_target",
                "1; what the policy is about",
                (known, tags) -> row(
                        tags.and(
                                "app",
                                known.figures().app(),
                                "mode",
                                known.figures().mode()),
                        1.0));
        figure(
                "jellyfin_backup_policy_suspended",
                "1 while scheduled backups are paused",
                each -> flag(each.suspended()));
        figure(
                "jellyfin_backup_recovery_point_objective_seconds",
                "unprotected time that still counts as protected",
                each -> (double) each.objective().toSeconds());
        figure(
                "jellyfin_restore_failing",
                "1 while replicas don't get past their restore",
                each -> flag(each.restoreFailing()));
        figure(
                "jellyfin_backup_drift_seconds",
                "for how long our parts have been changed by somebody; 0: they are not",
                each -> age(each.driftSince(), clock.instant()));
        figure(
                "jellyfin_backup_rollout_wait_seconds",
                "for how long a template has waited for an idle app; 0: none does",
                each -> age(each.waitingSince(), clock.instant()));
        blob("jellyfin_backup_target_active", "1 while a replica reports", each -> flag(each.active()));
        blob("jellyfin_backup_lineage_epoch", "rises with every claim", each -> (double) each.epoch());
        blob("jellyfin_backup_forks", "archives that hold data which the head does not", each -> (double) each.forks());
        blob(
                "jellyfin_backup_holder_heartbeat_timestamp_seconds",
                "when the replica that may write reported last",
                each -> time(each.heartbeat()));
        seen(
                "jellyfin_backup_refused",
                "1 while a guard refuses what the replica has",
                (each, tags) -> each.refused() == null ? List.of() : row(tags.and("guard", each.refused()), 1.0));
        restored("jellyfin_restore_last_timestamp_seconds", "when the last restore ended", each -> time(each.at()));
        restored("jellyfin_restore_last_duration_seconds", "how long it took", each -> each.millis() / 1e3);
        gauge(
                "jellyfin_backup_unprotected_seconds",
                "age of the oldest change that is in no archive; 0: all is saved",
                (known, tags) -> {
                    BackupsStatus backups = known.status().backups();
                    return backups == null || !isKnown(known.status()) || isSilent(known.status())
                            ? List.of()
                            : row(tags, age(instant(backups.unprotectedSince()), clock.instant()));
                });
        figure(
                "jellyfin_backup_recovery_time_objective_seconds",
                "how long a cold start may take",
                each -> each.recoveryTime().toMillis() / 1e3);
        recovery(
                "jellyfin_backup_drill_last_timestamp_seconds",
                "when an archive was last restored, in earnest or for a try",
                each -> each.proof() == null ? null : time(instant(each.proof().time())));
        recovery(
                "jellyfin_backup_drill_last_result",
                "1: it was whole; 0: it was not",
                each -> each.proof() == null ? null : flag(each.proof().good()));
        recovery(
                "jellyfin_restore_recovery_seconds",
                "how long the last cold start took, from its restore until the app was healthy",
                each -> each.coldStart() == null || each.coldStart().recoveryMillis() == null
                        ? null
                        : each.coldStart().recoveryMillis() / 1e3);
        backups(
                "jellyfin_backup_archives",
                "archives of the lineage",
                each -> each.count() == null ? null : each.count().doubleValue());
        backups(
                "jellyfin_backup_stored_bytes",
                "their size in Blob",
                each -> each.bytes() == null ? null : each.bytes().doubleValue());
        backups(
                "jellyfin_backup_recoverable_until_timestamp_seconds",
                "when the head, the last backup, was taken",
                each -> each.last() == null ? null : time(instant(each.last().time())));
        backups(
                "jellyfin_backup_recoverable_from_timestamp_seconds",
                "when the oldest archive was taken",
                each -> time(instant(each.recoverableFrom())));
        backups(
                "jellyfin_backup_next_due_timestamp_seconds",
                "when the next scheduled backup is due",
                each -> time(instant(each.nextDue())));
    }

    /// After each look at a policy.
    ///
    /// @param reasons of the notes that it made
    public void saw(PolicyName policy, PolicyStatus status, PolicyFigures figures, List<String> reasons) {
        Known before = policies.put(policy, new Known(status, figures));
        count(corrections(policy), reasons, "DriftCorrected");
        count(rollouts(policy, SENT), reasons, "TemplatePatched");
        count(rollouts(policy, FAILED), reasons, "RolloutFailed");
        count(rollouts(policy, "rolled-back"), reasons, "RolledBack");
        count(rollouts(policy, "stopped"), reasons, "RevisionStopped");
        count(rollouts(policy, "returned"), reasons, "RolloutReturned");
        ReplicaReport.Restored now = restore(figures);
        if (before != null && now != null) {
            ReplicaReport.Restored last = restore(before.figures());
            if (last == null || last.at().isBefore(now.at())) {
                counter(
                                "jellyfin_restores",
                                "restores that were seen, by how they ended",
                                tags(policy).and("outcome", outcome(now)))
                        .increment();
            }
        }
    }

    public void gone(PolicyName policy) {
        policies.remove(policy);
        Set<io.micrometer.core.instrument.Tag> both =
                Set.copyOf(tags(policy).stream().toList());
        List.copyOf(registry.getMeters()).stream()
                .filter(each -> each.getId().getTags().containsAll(both))
                .forEach(registry::remove);
    }

    /// A patch that was sent, a correction, a warning: whatever became an event.
    public void happened(String reason) {
        counter("jellykeep_operator_events", "events by reason", Tags.of("reason", reason))
                .increment();
    }

    /// Before figures are read.
    void refresh() {
        gauges.forEach(Runnable::run);
    }

    private Counter corrections(PolicyName policy) {
        return counter("jellyfin_backup_drift_corrections", "how often our parts were put back", tags(policy));
    }

    private Counter rollouts(PolicyName policy, String result) {
        return counter(
                "jellyfin_backup_rollouts",
                "templates that were sent, revisions that did not get ready, were rolled back, stopped, or came back",
                tags(policy).and("result", result));
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private static void count(Counter counter, List<String> reasons, String reason) {
        counter.increment((double) reasons.stream().filter(reason::equals).count());
    }

    private void gauge(String name, String description, BiFunction<Known, Tags, List<MultiGauge.Row<?>>> rows) {
        MultiGauge gauge = MultiGauge.builder(name).description(description).register(registry);
        gauges.add(() -> {
            List<MultiGauge.Row<?>> all = new ArrayList<>();
            policies.forEach((policy, known) -> all.addAll(rows.apply(known, tags(policy))));
            gauge.register(all, true);
        });
    }

    private void figure(String name, String description, Function<PolicyFigures, @Nullable Double> value) {
        gauge(name, description, (known, tags) -> row(tags, value.apply(known.figures())));
    }

    private void seen(
            String name, String description, BiFunction<PolicyFigures.Blob, Tags, List<MultiGauge.Row<?>>> rows) {
        gauge(name, description, (known, tags) -> {
            PolicyFigures.Blob blob = known.figures().blob();
            return blob == null ? List.of() : rows.apply(blob, tags);
        });
    }

    private void blob(String name, String description, Function<PolicyFigures.Blob, @Nullable Double> value) {
        seen(name, description, (blob, tags) -> row(tags, value.apply(blob)));
    }

    private void restored(String name, String description, Function<ReplicaReport.Restored, @Nullable Double> value) {
        seen(name, description, (blob, tags) -> {
            ReplicaReport.Restored last = blob.restore();
            return last == null ? List.of() : row(tags.and("outcome", outcome(last)), value.apply(last));
        });
    }

    private void backups(String name, String description, Function<BackupsStatus, @Nullable Double> value) {
        gauge(name, description, (known, tags) -> {
            BackupsStatus backups = known.status().backups();
            return backups == null || !isKnown(known.status()) ? List.of() : row(tags, value.apply(backups));
        });
    }

    private void recovery(String name, String description, Function<RecoveryStatus, @Nullable Double> value) {
        gauge(name, description, (known, tags) -> {
            RecoveryStatus recovery = known.status().recovery();
            return recovery == null || !isKnown(known.status()) ? List.of() : row(tags, value.apply(recovery));
        });
    }

    private static List<MultiGauge.Row<?>> conditions(Known known, Tags tags) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        known.status()
                .conditions()
                .forEach(each -> rows.addAll(
                        row(tags.and("type", each.type(), "status", each.status(), "reason", each.reason()), 1.0)));
        return rows;
    }

    private static List<MultiGauge.Row<?>> row(Tags tags, @Nullable Double figure) {
        return figure == null ? List.of() : List.of(MultiGauge.Row.of(tags, figure));
    }

    /// Who may write was not heard of: what it holds nobody knows.
    private static boolean isSilent(PolicyStatus status) {
        return status.conditions().stream()
                .anyMatch(each ->
                        each.type().equals("RecoveryPointMet") && each.status().equals("Unknown"));
    }

    private static boolean isKnown(PolicyStatus status) {
        return status.conditions().stream()
                .filter(each -> each.type().equals("StorageAvailable"))
                .map(PolicyCondition::status)
                .anyMatch("True"::equals);
    }

    private static ReplicaReport.@Nullable Restored restore(PolicyFigures figures) {
        return figures.blob() == null ? null : figures.blob().restore();
    }

    /// A label takes no words that somebody else made up.
    private static String outcome(ReplicaReport.Restored restored) {
        return OUTCOMES.contains(restored.outcome()) ? restored.outcome() : "other";
    }

    private static double flag(boolean holds) {
        return holds ? 1 : 0;
    }

    private static double age(@Nullable Instant since, Instant now) {
        return since == null ? 0 : Math.max(0, Duration.between(since, now).toSeconds());
    }

    private static @Nullable Instant instant(@Nullable String time) {
        return time == null ? null : Instant.parse(time);
    }

    private static @Nullable Double time(@Nullable Instant at) {
        return at == null ? null : (double) at.getEpochSecond();
    }

    private static Tags tags(PolicyName policy) {
        return Tags.of("namespace", policy.namespace(), "name", policy.name());
    }
}
