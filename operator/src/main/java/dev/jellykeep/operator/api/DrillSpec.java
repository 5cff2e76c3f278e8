package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Proofs that restoring works.
@ValidationRule(
        value = "!has(self.maxAge) || self.maxAge.matches('" + Rules.DURATION + "')",
        message = "drill.maxAge is no duration: write one like 720h")
public record DrillSpec(
        @Nullable
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "When the head is tried beside the running server, in UTC, as cron writes it: minute, hour,"
                        + " day of month, month, day of week; or @weekly. A cold start since counts as well. At zero replicas it waits.")
        String schedule,

        @Nullable
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "How old the last proof may be before RecoveryProven is False, a duration; it never expires, if not given.")
        String maxAge) {}
