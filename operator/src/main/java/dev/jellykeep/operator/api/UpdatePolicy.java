package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How a new release of the operator reaches an app whose policy nobody has edited.
public enum UpdatePolicy {
    @JsonProperty("WhenIdle")
    WHEN_IDLE,
    @JsonProperty("Rollout")
    ROLLOUT
}
