package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// The app as Azure shows it.
public record TargetStatus(
        @Nullable @JsonPropertyDescription("Newest revision of the app.")
        String latestRevision,

        @Nullable @JsonPropertyDescription("Newest revision that is ready.")
        String latestReadyRevision,

        @Nullable @JsonPropertyDescription("Id of the lineage that belongs to the app.")
        String lineage,

        @Nullable
        @JsonPropertyDescription("Jellyfin's version in the newest revision, by its image's tag, as agents were told.")
        String version) {}
