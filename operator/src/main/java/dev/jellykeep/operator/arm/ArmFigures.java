package dev.jellykeep.operator.arm;

import java.util.List;

/// What an adapter counts.
public interface ArmFigures {
    /// By subscription.
    List<BudgetFigures> budgets();

    /// By method and code.
    List<RequestFigures> requests();
}
