package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What to do about an app that may run more than one replica.
public enum ScalePolicy {
    @JsonProperty("Check")
    CHECK,
    @JsonProperty("Enforce")
    ENFORCE
}
