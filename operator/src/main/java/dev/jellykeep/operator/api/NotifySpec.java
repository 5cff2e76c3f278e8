package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// Who hears of backups without Kubernetes. Addresses let whoever has them act, so they are secrets of the app.
public record NotifySpec(
        @Nullable
        @JsonPropertyDescription(
                "Address that the agent asks after each backup and unchanged check, and with /fail after"
                        + " a refused or failed one: that of a check at healthchecks.io, or of a service like it.")
        SecretReference heartbeatUrl,

        @Nullable
        @JsonPropertyDescription("Address of an ntfy topic, or of a Discord or Slack webhook, that is told in one"
                + " sentence when backups fail, and when they work again.")
        SecretReference webhookUrl) {}
