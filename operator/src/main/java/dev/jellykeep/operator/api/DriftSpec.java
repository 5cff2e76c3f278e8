package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// What happens when somebody else changes our parts of the template.
@ValidationRule(
        value = "self.checkInterval.matches('" + Rules.DURATION + "')",
        message = "drift.checkInterval is no duration: write one like 10m")
@ValidationRule(
        value = "!self.checkInterval.matches('" + Rules.DURATION + "')"
                + " || duration(self.checkInterval) >= duration('1m')",
        message = "drift.checkInterval is shorter than 1m: write 1m or more")
public record DriftSpec(
        @Default("Correct") @JsonPropertyDescription("Correct puts our parts back. Warn only reports.")
        DriftMode mode,

        @Default("10m")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Time between two looks at the app, a duration.")
        String checkInterval,

        @Default("{}") @JsonPropertyDescription("How often our parts are put back before the operator gives way.")
        CorrectionBudget correctionBudget) {}
