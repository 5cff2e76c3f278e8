package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/// Requests for pipelines: each value counts once, ever.
public record TriggerSpec(
        @Nullable
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Any new value asks for a backup now, such as a pipeline's run id.")
        String backup,

        @Nullable
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Any new value asks for a drill now: the head is tried beside the running server.")
        String drill) {}
