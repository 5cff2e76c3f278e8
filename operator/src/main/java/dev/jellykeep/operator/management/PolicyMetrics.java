package dev.jellykeep.operator.management;

import dev.jellykeep.operator.api.BackupsStatus;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.desired.PolicyName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Figures of policies for Prometheus: those of one that is gone are gone too. Ages are made when they are read.
public final class PolicyMetrics {
    private static final String CONDITION = "jellyfin_backup_policy_condition";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InstantSource clock;
    private final Map<PolicyName, PolicyStatus> policies = new ConcurrentHashMap<>();
    private final MultiGauge conditions = MultiGauge.builder(CONDITION)
            .description("1 for the status that a condition has")
            .register(registry);
    private final MultiGauge unprotected =
            gauge("jellyfin_backup_unprotected_seconds", "age of the oldest change that is in no archive");
    private final MultiGauge count = gauge("jellyfin_backup_count", "archives of the lineage");
    private final MultiGauge bytes = gauge("jellyfin_backup_stored_bytes", "their size in Blob");
    private final MultiGauge until =
            gauge("jellyfin_backup_recoverable_until_timestamp_seconds", "when the head was taken");
    private final MultiGauge from =
            gauge("jellyfin_backup_recoverable_from_timestamp_seconds", "when the oldest archive was taken");

    public PolicyMetrics(InstantSource clock) {
        this.clock = clock;
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    public void saw(PolicyName policy, PolicyStatus status) {
        policies.put(policy, status);
    }

    public void gone(PolicyName policy) {
        policies.remove(policy);
    }

    /// A patch that was sent, a correction, a warning: whatever became an event.
    public void happened(String reason) {
        Counter.builder("jellykeep_operator_events")
                .description("events by reason")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /// In Prometheus' text format.
    public String scrape() {
        Instant now = clock.instant();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        policies.forEach((policy, status) -> status.conditions()
                .forEach(each -> rows.add(MultiGauge.Row.of(
                        tags(policy).and("type", each.type(), "status", each.status(), "reason", each.reason()), 1))));
        conditions.register(rows, true);
        register(
                unprotected,
                backups -> backups.unprotectedSince() == null
                        ? 0
                        : Math.max(
                                0,
                                Duration.between(Instant.parse(backups.unprotectedSince()), now)
                                        .toSeconds()));
        register(count, backups -> backups.count() == null ? 0 : backups.count());
        register(bytes, backups -> backups.bytes() == null ? 0 : backups.bytes());
        register(
                until,
                backups -> backups.last() == null
                        ? Double.NaN
                        : seconds(backups.last().time()));
        register(from, backups -> seconds(backups.recoverableFrom()));
        return registry.scrape();
    }

    private void register(MultiGauge gauge, ToDoubleFunction<BackupsStatus> value) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        policies.forEach((policy, status) -> {
            if (status.backups() != null && isKnown(status)) {
                double figure = value.applyAsDouble(status.backups());
                if (!Double.isNaN(figure)) {
                    rows.add(MultiGauge.Row.of(tags(policy), figure));
                }
            }
        });
        gauge.register(rows, true);
    }

    /// What isn't seen any more is no figure.
    private static boolean isKnown(PolicyStatus status) {
        return status.conditions().stream()
                .filter(each -> each.type().equals("StorageAvailable"))
                .map(PolicyCondition::status)
                .anyMatch("True"::equals);
    }

    private static double seconds(@Nullable String time) {
        return time == null ? Double.NaN : Instant.parse(time).getEpochSecond();
    }

    private static Tags tags(PolicyName policy) {
        return Tags.of("namespace", policy.namespace(), "name", policy.name());
    }
}
