package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// So many corrections in so much time: each costs the app's users a restart.
@ValidationRule(
        value = "self.window.matches('" + Rules.DURATION + "')",
        message = "drift.correctionBudget.window is no duration: write one like 1h")
public record CorrectionBudget(
        @Default("3") @Min(1) @Max(100) @JsonPropertyDescription("Most corrections in the window.")
        int max,

        @Default("1h")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Time over which corrections are counted, a duration.")
        String window) {}
