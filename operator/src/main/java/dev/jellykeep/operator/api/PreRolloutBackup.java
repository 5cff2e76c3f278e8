package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Whether a running replica is saved before its template changes.
public enum PreRolloutBackup {
    @JsonProperty("Required")
    REQUIRED,
    @JsonProperty("BestEffort")
    BEST_EFFORT,
    @JsonProperty("Disabled")
    DISABLED
}
