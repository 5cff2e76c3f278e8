package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of others' changes to our parts.
public record DriftStatus(
        @Nullable
        @JsonPropertyDescription("When our parts were first seen changed, RFC 3339; absent while they are not.")
        String since,

        @JsonPropertyDescription("When our parts were put back within drift.correctionBudget.window, RFC 3339.")
        List<String> corrections) {

    public DriftStatus {
        corrections = corrections == null ? List.of() : List.copyOf(corrections);
    }
}
