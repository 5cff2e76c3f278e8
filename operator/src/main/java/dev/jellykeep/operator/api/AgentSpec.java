package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// The containers that are put into the app.
@ValidationRule(
        value =
                "!has(self.image) || (self.image.matches('^[a-z0-9][a-z0-9._:/-]*[a-z0-9](:[A-Za-z0-9_][A-Za-z0-9._-]*)?"
                        + "(@sha256:[0-9a-f]{64})?$') && !self.image.contains('//'))",
        message = "agent.image is no image reference: write REGISTRY/REPOSITORY:TAG or …@sha256:DIGEST")
public record AgentSpec(
        @Nullable
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("The agent's image; that of the operator's own release, if not given.")
        String image,

        @Default("{}") @JsonPropertyDescription("Processor and memory of the sidecar, which the app's total grows by.")
        AgentResources resources,

        @Default("WhenIdle")
        @JsonPropertyDescription("How a new release of the operator reaches the app while nobody edits this policy:"
                + " WhenIdle only while no replica runs, however long that takes; Rollout by rollout.strategy.")
        UpdatePolicy updatePolicy) {}
