package dev.jellykeep.operator.desired;

import java.util.List;

/// Nothing is sent, and why.
///
/// @param refusals at least one, most fundamental first
public record Refused(List<Refusal> refusals) implements Plan, Rendering {
    public Refused {
        refusals = List.copyOf(refusals);
        if (refusals.isEmpty()) {
            throw new IllegalArgumentException("refused for no reason");
        }
    }

    /// The one that a condition names.
    public Refusal first() {
        return refusals.getFirst();
    }
}
