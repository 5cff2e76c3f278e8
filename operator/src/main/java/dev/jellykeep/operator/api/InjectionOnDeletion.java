package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What becomes of the injection when the policy is deleted.
public enum InjectionOnDeletion {
    @JsonProperty("Auto")
    AUTO,
    @JsonProperty("Remove")
    REMOVE
}
