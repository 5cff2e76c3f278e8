package dev.jellykeep.operator.desired;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what speaks against a plan, all of it: people mend everything at once.
final class Findings {
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    void refuse(RefusalReason reason, String what, String mend) {
        refusals.add(new Refusal(reason, what, mend));
    }

    void warn(WarningReason reason, String message) {
        warnings.add(new Warning(reason, message));
    }

    /// Most fundamental first.
    List<Refusal> refusals() {
        return refusals.stream().sorted(Comparator.comparing(Refusal::reason)).toList();
    }

    List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}
