package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// When a changed template is sent.
public enum RolloutStrategy {
    @JsonProperty("WhenIdle")
    WHEN_IDLE,
    @JsonProperty("Recreate")
    RECREATE,
    @JsonProperty("Overlap")
    OVERLAP
}
