package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// The archives as Blob shows them.
public record BackupsStatus(
        @Nullable @JsonPropertyDescription("The newest one that would be restored: the lineage's head.")
        Archive last,

        @Nullable
        @JsonPropertyDescription("When the next scheduled backup is due, RFC 3339; absent while no replica runs.")
        String nextDue,

        @Nullable @JsonPropertyDescription("How many archives the lineage holds.")
        Integer count,

        @Nullable @JsonPropertyDescription("Their size in Blob, in bytes.")
        Long bytes,

        @Nullable @JsonPropertyDescription("When the oldest one that can be restored was taken, RFC 3339.")
        String recoverableFrom,

        @Nullable @JsonPropertyDescription("The replica that may extend the lineage; absent while it is sealed.")
        String holder,

        @Nullable @JsonPropertyDescription("When the oldest change was made that is in no archive yet, RFC 3339.")
        String unprotectedSince) {

    /// One archive.
    public record Archive(
            @JsonPropertyDescription("Its name in the container.")
            String name,

            @JsonPropertyDescription("When its snapshot was taken, RFC 3339.")
            String time,

            @JsonPropertyDescription("Its size in Blob, in bytes.")
            long bytes) {}
}
