package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;

/// What would be sent, or waits to be.
public record PlanStatus(
        @JsonPropertyDescription("Everything that changes, one line each. Values of other containers are never shown.")
        List<String> changes,

        @JsonPropertyDescription("What somebody should know beside it, one sentence each.")
        List<String> warnings) {

    public PlanStatus {
        changes = changes == null ? List.of() : List.copyOf(changes);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
    }
}
