package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.operator.arm.BudgetFigures;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// One identity's budgets, by subscription.
final class Budgets {
    private final ConcurrentHashMap<String, Budget> bySubscription = new ConcurrentHashMap<>();
    private final ArmOptions options;
    private final InstantSource clock;
    private final Pause pause;

    Budgets(ArmOptions options, InstantSource clock, Pause pause) {
        this.options = options;
        this.clock = clock;
        this.pause = pause;
    }

    /// One subscription's.
    ///
    /// @param subscription lower-cased
    Budget of(String subscription) {
        return bySubscription.computeIfAbsent(
                subscription, id -> new Budget(id, options.reads(), options.writes(), clock, pause));
    }

    /// In no particular order.
    List<BudgetFigures> figures() {
        return bySubscription.values().stream().map(Budget::figures).toList();
    }
}
