package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a cold start does where there provably never was a backup.
public enum NoBackupAction {
    @JsonProperty("StartEmpty")
    START_EMPTY,
    @JsonProperty("Fail")
    FAIL
}
