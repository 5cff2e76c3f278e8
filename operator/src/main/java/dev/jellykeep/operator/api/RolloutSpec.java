package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// How a changed template reaches the app.
@ValidationRule(
        value = "self.progressDeadline.matches('" + Rules.DURATION + "')",
        message = "rollout.progressDeadline is no duration: write one like 10m")
@ValidationRule(
        value = "!self.progressDeadline.matches('" + Rules.DURATION + "')"
                + " || duration(self.progressDeadline) >= duration('1m')",
        message = "rollout.progressDeadline is shorter than 1m, less than an app takes to start: write 1m or more")
public record RolloutSpec(
        @Default("WhenIdle")
        @JsonPropertyDescription("WhenIdle sends a changed template only while no replica runs, and waits for that."
                + " Overlap sends it at once: two replicas run side by side for a while, and what the old one writes"
                + " after its last backup becomes a fork.")
        RolloutStrategy strategy,

        @Default("10m")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Time in which a new revision must become healthy once a replica of it runs, a duration.")
        String progressDeadline,

        @Default("Safe")
        @JsonPropertyDescription(
                "Safe puts the containers into an app only while no replica runs, or after its data was"
                        + " rescued. DiscardRunningData gives up what a running replica holds on its EmptyDir.")
        FirstInjection firstInjection) {}
