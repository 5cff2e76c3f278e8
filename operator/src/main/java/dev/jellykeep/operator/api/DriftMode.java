package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What to do about somebody else's change to our parts.
public enum DriftMode {
    @JsonProperty("Correct")
    CORRECT,
    @JsonProperty("Warn")
    WARN
}
