package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What was put into the app.
public record InjectionStatus(
        @Nullable @JsonPropertyDescription("Digest of the containers as they were last found or sent.")
        String applied,

        @Nullable @JsonPropertyDescription("Generation of the spec that they came from.")
        Long generation,

        @Nullable @JsonPropertyDescription("When the wait for an idle app began, RFC 3339.")
        String waitingSince,

        @Nullable @JsonPropertyDescription("When an event said that this wait takes long, RFC 3339.")
        String waitingTold,

        @Nullable @JsonPropertyDescription("Digest of the containers that did not get ready and were rolled back.")
        String rolledBack,

        @Nullable @JsonPropertyDescription("Generation of the spec that those came from.")
        Long rolledBackGeneration,

        @Nullable @JsonPropertyDescription("Revision that is deactivated until its successor is sent (Recreate).")
        String stopped) {}
