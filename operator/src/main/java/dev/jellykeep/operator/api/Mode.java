package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether the operator writes to Azure.
public enum Mode {
    @JsonProperty("Enforce")
    ENFORCE,
    @JsonProperty("Plan")
    PLAN
}
