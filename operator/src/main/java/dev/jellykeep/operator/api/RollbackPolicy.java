package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a rollback may cost.
public enum RollbackPolicy {
    @JsonProperty("Safe")
    SAFE,
    @JsonProperty("Force")
    FORCE
}
