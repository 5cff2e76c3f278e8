package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would be sent, or waits to be.
public record PlanStatus(
        @JsonPropertyDescription("Everything that changes, one line each. Values of other containers are never shown.")
        List<String> changes,

        @JsonPropertyDescription("What somebody should know beside it, one sentence each.")
        List<String> warnings,

        @Nullable
        @JsonPropertyDescription(
                "The patch itself, a JSON merge patch of the app. What is ours stands in clear; what comes"
                        + " back as it was found and may be a password stands as \"<unchanged>\".")
        String patch,

        @Nullable
        @JsonPropertyDescription("Digest of the whole patch as it is shown, before anything is cut. The event of a sent"
                + " patch names it too, and so does jellykeep-operator plan: where they are equal, what was shown is what"
                + " is sent.")
        String digest,

        @JsonPropertyDescription("What was left out above since a cluster could not keep it; jellykeep-operator plan"
                + " --output json shows it.")
        List<String> cut) {

    public PlanStatus {
        changes = changes == null ? List.of() : List.copyOf(changes);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        cut = cut == null ? List.of() : List.copyOf(cut);
    }
}
