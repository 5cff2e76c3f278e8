package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// A condition in Kubernetes' usual form.
public record PolicyCondition(
        @Required @JsonPropertyDescription("Which condition.")
        String type,

        @Required @JsonPropertyDescription("True, False or Unknown.")
        String status,

        @Nullable @JsonPropertyDescription("Generation of the spec that it is about.")
        Long observedGeneration,

        @Required @JsonPropertyDescription("When its status last changed, RFC 3339.")
        String lastTransitionTime,

        @Required @JsonPropertyDescription("Why, one stable word.")
        String reason,

        @Required @JsonPropertyDescription("Why, in a sentence that says what to do.")
        String message) {}
