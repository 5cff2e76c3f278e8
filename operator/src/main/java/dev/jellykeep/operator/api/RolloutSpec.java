package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// How a changed template reaches the app.
@ValidationRule(
        value = "self.progressDeadline.matches('" + Rules.DURATION + "')",
        message = "rollout.progressDeadline is no duration: write one like 10m")
@ValidationRule(
        value = "!self.progressDeadline.matches('" + Rules.DURATION + "')"
                + " || duration(self.progressDeadline) >= duration('1m')",
        message = "rollout.progressDeadline is shorter than 1m, less than an app takes to start: write 1m or more")
@ValidationRule(
        value = "self.maxWait.matches('" + Rules.DURATION + "')",
        message = "rollout.maxWait is no duration: write one like 24h")
@ValidationRule(
        value = "!self.maxWait.matches('" + Rules.DURATION + "') || duration(self.maxWait) >= duration('1m')",
        message = "rollout.maxWait is shorter than 1m: write 1m or more, or strategy: Recreate")
@ValidationRule(
        value = "!has(self.handoffTimeout) || self.handoffTimeout.matches('" + Rules.DURATION + "')",
        message = "rollout.handoffTimeout is no duration: write one like 2m")
public record RolloutSpec(
        @Default("WhenIdle")
        @JsonPropertyDescription("WhenIdle sends a changed template only while no replica runs, and waits for that, at"
                + " most for maxWait. Recreate asks for a backup, ends the running replica, waits for its last backup"
                + " and sends the template then: users wait for a start. Overlap asks for a backup and sends it then: two replicas run side by side for a while, and what the old one writes"
                + " after its last backup becomes a fork.")
        RolloutStrategy strategy,

        @Default("24h")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("How long WhenIdle waits before it does as Recreate does, a duration.")
        String maxWait,

        @Default("10m")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Time in which a new revision must become healthy once a replica of it runs, a duration.")
        String progressDeadline,

        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "How long a new replica's restore waits for the backup of the one that still runs, a duration shorter"
                        + " than restore.timeout. Without it 2m, or half of a restore.timeout of 2m or less.")
        @Nullable
        String handoffTimeout,

        @Default("Required")
        @JsonPropertyDescription("Required changes the template under a running replica only once its agent has"
                + " promoted a backup that was asked for. BestEffort asks, and goes on after 5 minutes without one."
                + " Disabled doesn't ask.")
        PreRolloutBackup preRolloutBackup,

        @Default("Safe")
        @JsonPropertyDescription(
                "Safe puts the containers into an app only while no replica runs, or after its data was"
                        + " rescued. DiscardRunningData gives up what a running replica holds on its EmptyDir.")
        FirstInjection firstInjection,

        @Default("Safe")
        @JsonPropertyDescription("What becomes of the app if its new revision doesn't get ready and nobody serves: Safe"
                + " puts our containers back as they were, once per edit of this policy, where no replica runs or"
                + " where none of them has got past its restore. Force does so at the cost of what they have written.")
        RollbackPolicy rollback) {}
