package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/// What happens at a cold start.
@ValidationRule(
        value = "self.timeout.matches('" + Rules.DURATION + "')",
        message = "restore.timeout is no duration: write one like 5m")
@ValidationRule(
        value = "!self.timeout.matches('" + Rules.DURATION + "') || duration(self.timeout) >= duration('10s')",
        message =
                "restore.timeout is shorter than 10s, in which a new identity may not even be there: write 10s or more")
public record RestoreSpec(
        @Default("StartEmpty")
        @JsonPropertyDescription("What to do where there provably never was a backup. StartEmpty shows Jellyfin's setup"
                + " wizard; Fail keeps the app from starting.")
        NoBackupAction onNoBackup,

        @Default("5m")
        @Size(min = 1, max = 64)
        @JsonPropertyDescription(
                "Time without progress after which a restore fails and the platform starts it anew, a" + " duration.")
        String timeout,

        @Nullable @JsonPropertyDescription("Go back to an older archive or a fork, once.")
        RestoreRequest request) {}
