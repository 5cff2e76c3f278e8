package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// Which archives are kept: each that any of these keeps, and some that nothing drops.
@ValidationRule(
        value = "!has(self.keepWithin) || self.keepWithin.matches('" + Rules.DURATION + "')",
        message = "retention.keepWithin is no duration: write one like 48h; there are no days")
@ValidationRule(
        value =
                "self.keepLast + self.keepHourly + self.keepDaily + self.keepWeekly + self.keepMonthly + self.keepYearly"
                        + " > 0 || has(self.keepWithin)",
        message = "retention keeps nothing but the minimum: give at least one of the keep rules")
public record RetentionSpec(
        @Default("8") @Min(0) @Max(10000) @JsonPropertyDescription("Newest archives to keep.")
        int keepLast,

        @Default("0") @Min(0) @Max(10000) @JsonPropertyDescription("Hours to keep the newest archive of.")
        int keepHourly,

        @Default("14") @Min(0) @Max(10000) @JsonPropertyDescription("Days to keep the newest archive of.")
        int keepDaily,

        @Default("8") @Min(0) @Max(10000) @JsonPropertyDescription("Weeks to keep the newest archive of.")
        int keepWeekly,

        @Default("6") @Min(0) @Max(10000) @JsonPropertyDescription("Months to keep the newest archive of.")
        int keepMonthly,

        @Default("0") @Min(0) @Max(10000) @JsonPropertyDescription("Years to keep the newest archive of.")
        int keepYearly,

        @Nullable
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Keep every archive at most this much older than the newest one, a duration.")
        String keepWithin,

        @Default("3") @Min(1) @Max(10000) @JsonPropertyDescription("Newest archives that no rule may drop.")
        int minimum) {}
