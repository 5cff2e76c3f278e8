package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What Protected measures against.
@ValidationRule(
        value = "!has(self.recoveryPoint) || self.recoveryPoint.matches('" + Rules.DURATION + "')",
        message = "objectives.recoveryPoint is no duration: write one like 30m")
@ValidationRule(
        value = "!has(self.recoveryTime) || self.recoveryTime.matches('" + Rules.DURATION + "')",
        message = "objectives.recoveryTime is no duration: write one like 2m")
public record Objectives(
        @Nullable
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Longest time that a change may exist on a replica's disk alone, a duration; interval and"
                        + " 15m, if not given.")
        String recoveryPoint,

        @Nullable
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Longest time that a cold start may take from the beginning of its restore until Jellyfin"
                        + " is healthy, a duration; 3m, if not given. The ingress gives up after 4m.")
        String recoveryTime) {}
