package dev.jellykeep.operator.management;

import dev.jellykeep.operator.arm.ArmFigures;
import dev.jellykeep.operator.arm.BudgetFigures;
import dev.jellykeep.operator.arm.RequestFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/// Figures of Azure's resource manager: one series for each method and code, and for each subscription.
final class ArmMetrics {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final ArmFigures arm;
    private final Map<String, BudgetFigures> budgets = new ConcurrentHashMap<>();
    private final Map<String, RequestFigures> requests = new ConcurrentHashMap<>();

    ArmMetrics(MeterRegistry registry, InstantSource clock, ArmFigures arm) {
        this.registry = registry;
        this.clock = clock;
        this.arm = arm;
    }

    /// Takes new figures, and makes series for those that weren't there.
    void refresh() {
        for (RequestFigures each : arm.requests()) {
            if (requests.put(each.method() + each.code(), each) == null) {
                Tags tags = Tags.of("method", each.method(), "code", each.code());
                request("azure_arm_requests", "requests by status of the reply", each, tags, RequestFigures::count);
                request(
                        "azure_arm_request_seconds",
                        "how long they took, all together",
                        each,
                        tags,
                        figures -> seconds(figures.took()));
            }
        }
        for (BudgetFigures each : arm.budgets()) {
            if (budgets.put(each.subscription(), each) == null) {
                register(each.subscription());
            }
        }
    }

    private void register(String subscription) {
        left(subscription, "azure_arm_limiter_remaining_reads", BudgetFigures::readsLeft);
        left(subscription, "azure_arm_limiter_remaining_writes", BudgetFigures::writesLeft);
        gauge(
                subscription,
                "azure_arm_stopped_seconds",
                "how long nothing is sent from now on, since the subscription is throttled",
                figures -> Math.max(0, seconds(Duration.between(clock.instant(), figures.stoppedUntil()))));
        budget(subscription, "azure_arm_throttled", "replies with status 429", BudgetFigures::throttled);
        budget(subscription, "azure_arm_limiter_waits", "requests that waited for their turn", BudgetFigures::waits);
        budget(
                subscription,
                "azure_arm_limiter_wait_seconds",
                "how long they waited, all together",
                figures -> seconds(figures.waited()));
        budget(
                subscription,
                "azure_arm_limiter_refused",
                "requests that were not sent, since their turn came too late",
                BudgetFigures::refused);
    }

    private void left(String subscription, String name, ToDoubleFunction<BudgetFigures> value) {
        gauge(subscription, name, "requests that could be sent at once; negative while some wait", value);
    }

    private void gauge(String subscription, String name, String description, ToDoubleFunction<BudgetFigures> value) {
        Gauge.builder(name, budgets, all -> figure(all, subscription, value))
                .description(description)
                .tag("subscription", subscription)
                .register(registry);
    }

    private void budget(String subscription, String name, String description, ToDoubleFunction<BudgetFigures> value) {
        FunctionCounter.builder(name, budgets, all -> figure(all, subscription, value))
                .description(description)
                .tag("subscription", subscription)
                .register(registry);
    }

    private void request(
            String name, String description, RequestFigures kind, Tags tags, ToDoubleFunction<RequestFigures> value) {
        FunctionCounter.builder(name, requests, all -> figure(all, kind.method() + kind.code(), value))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static <T> double figure(Map<String, T> all, String key, ToDoubleFunction<T> value) {
        T figures = all.get(key);
        return figures == null ? Double.NaN : value.applyAsDouble(figures);
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
