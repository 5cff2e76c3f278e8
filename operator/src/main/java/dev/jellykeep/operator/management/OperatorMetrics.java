package dev.jellykeep.operator.management;

import dev.jellykeep.operator.arm.ArmFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// All figures of one operator for Prometheus; docs/operator.md lists them.
public final class OperatorMetrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final PolicyMetrics policies;
    private final ArmMetrics arm;

    /// @param leads whether this operator may write
    public OperatorMetrics(InstantSource clock, ArmFigures figures, BooleanSupplier leads) {
        policies = new PolicyMetrics(registry, clock);
        arm = new ArmMetrics(registry, clock, figures);
        Gauge.builder("jellykeep_operator_leader", leads, each -> each.getAsBoolean() ? 1 : 0)
                .description("1 for the operator that leads")
                .strongReference(true)
                .register(registry);
    }

    public PolicyMetrics policies() {
        return policies;
    }

    /// In Prometheus' text format.
    public String scrape() {
        policies.refresh();
        arm.refresh();
        return registry.scrape();
    }
}
