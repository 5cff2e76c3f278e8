package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What the first patch of an app may cost.
public enum FirstInjection {
    @JsonProperty("Safe")
    SAFE,
    @JsonProperty("DiscardRunningData")
    DISCARD_RUNNING_DATA
}
