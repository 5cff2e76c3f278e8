package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/// What became of a request.
public record RequestStatus(
        @Required @JsonPropertyDescription("What was asked for: backup, restore or accept.")
        String kind,

        @Required @JsonPropertyDescription("The value that asked.")
        String value,

        @Required
        @JsonPropertyDescription(
                "Asked, or its answer. Of a backup: promoted, fork, unchanged, refused with the reason, AlreadySealed or"
                        + " NoReplica. Of a restore: restored, TakenBack or refused with the reason. Of a suspect to be"
                        + " accepted: promoted, refused with the reason or NoReplica.")
        String result,

        @Nullable @JsonPropertyDescription("The archive that holds the data.")
        String archive,

        @Nullable @JsonPropertyDescription("When it was answered, RFC 3339.")
        String at) {}
