package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people want. Constant defaults are filled in by the API server, so that members with one are never null.
@ValidationRule(
        value = "self.interval.matches('" + Rules.DURATION + "')",
        message = "interval is no duration: write one like 15m or 4h")
@ValidationRule(
        value = "!self.interval.matches('" + Rules.DURATION + "') || duration(self.interval) >= duration('1m')",
        message = "interval is shorter than 1m: write 1m or more")
@ValidationRule(
        value = "self.initialDelay.matches('" + Rules.DURATION + "')",
        message = "initialDelay is no duration: write one like 2m or 30s")
@ValidationRule(
        value =
                "isQuantity(self.minSize) && quantity(self.minSize).isInteger() && !quantity(self.minSize).isLessThan(quantity('0'))",
        message = "minSize is no size in bytes: write one like 50Ki or 1Mi")
@ValidationRule(
        value = "self.include.all(glob, !glob.startsWith('/') && glob.size() > 0)",
        message = "include has a glob that is empty or begins with a slash: write it relative to the data root")
@ValidationRule(
        value = "self.exclude.all(glob, !glob.startsWith('/') && glob.size() > 0)",
        message = "exclude has a glob that is empty or begins with a slash: write it relative to the data root")
@ValidationRule(
        value = "self.takeOver.all(name, !name.startsWith('jellykeep-'))",
        message = "takeOver names a container of Jellykeep's own: name only those of other tools")
@ValidationRule(
        value = "!has(self.objectives) || !has(self.objectives.recoveryPoint)"
                + " || !self.objectives.recoveryPoint.matches('" + Rules.DURATION + "')"
                + " || !self.interval.matches('" + Rules.DURATION + "')"
                + " || duration(self.objectives.recoveryPoint) >= duration(self.interval)",
        message = "objectives.recoveryPoint is shorter than interval, so that it could never be met: raise it, or lower"
                + " interval")
public record PolicySpec(
        @Default("Enforce")
        @JsonPropertyDescription("Enforce keeps the app's template as planned. Plan publishes the exact patch in status"
                + " and writes nothing.")
        Mode mode,

        @Default("false")
        @JsonPropertyDescription(
                "Pauses scheduled backups. Final and requested ones stay, and so does the restore at each" + " start.")
        boolean suspend,

        @Required @JsonPropertyDescription("The Container App that runs Jellyfin.")
        ContainerAppRef containerApp,

        @Required @JsonPropertyDescription("Where archives are kept.")
        StorageSpec storage,

        @Default("15m")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Time between scheduled backups, a duration of at least 1m. Unchanged data uploads nothing.")
        String interval,

        @Default("2m")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("Time from a replica's app being healthy to its first scheduled backup, a duration.")
        String initialDelay,

        @Default("50Ki")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Smallest uncompressed snapshot that may become the head: a Kubernetes quantity in bytes.")
        String minSize,

        @Default("50")
        @Min(0)
        @Max(100)
        @JsonPropertyDescription(
                "How much smaller than the archive before it a snapshot may be, in percent of uncompressed" + " bytes.")
        int maxShrinkPercent,

        @Default("[]")
        @Size(max = 64)
        @JsonPropertyDescription(
                "Globs of paths to save even if they are excluded by default, relative to the data root.")
        List<String> include,

        @Default("[]")
        @Size(max = 64)
        @JsonPropertyDescription("Globs of paths to leave out, relative to the data root.")
        List<String> exclude,

        @Default("{}") @JsonPropertyDescription("Which archives are kept.")
        RetentionSpec retention,

        @Default("{}") @JsonPropertyDescription("What happens at a cold start.")
        RestoreSpec restore,

        @Default("[]")
        @Size(max = 16)
        @JsonPropertyDescription("Names of other tools' containers in the app that the first patch may remove.")
        List<String> takeOver,

        @Default("Check")
        @JsonPropertyDescription(
                "Check refuses an app that may run more than one replica. Enforce sets maxReplicas to 1.")
        ScalePolicy scale,

        @Default("{}") @JsonPropertyDescription("How a changed template reaches the app.")
        RolloutSpec rollout,

        @Default("{}") @JsonPropertyDescription("What happens when somebody else changes our parts of the template.")
        DriftSpec drift,

        @Nullable @JsonPropertyDescription("What Protected measures against.")
        Objectives objectives,

        @Default("{}") @JsonPropertyDescription("The containers that are put into the app.")
        AgentSpec agent,

        @Default("{}") @JsonPropertyDescription("What happens to the app when this policy is deleted.")
        DeletionSpec deletion,

        @Nullable @JsonPropertyDescription("Requests for pipelines: each value counts once, ever.")
        TriggerSpec trigger,

        @Nullable @JsonPropertyDescription("Who hears of backups without Kubernetes.") @JsonProperty("notify")
        NotifySpec notices,

        @Nullable @JsonPropertyDescription("Proofs that restoring works. Each cold start is one too.")
        DrillSpec drill) {

    public PolicySpec {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        takeOver = List.copyOf(takeOver);
    }
}
