package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What restoring has shown.
public record RecoveryStatus(
        @Nullable @JsonPropertyDescription("The last time that an archive was restored for a try or in earnest.")
        Proof proof,

        @Nullable @JsonPropertyDescription("The last cold start.")
        ColdStart coldStart) {

    /// One try.
    public record Proof(
            @JsonPropertyDescription("The archive.") String archive,

            @JsonPropertyDescription("By what it was tried: cold-start, drill or verify.")
            String how,

            @JsonPropertyDescription("Whether it was whole.")
            boolean good,

            @JsonPropertyDescription("What was checked, or what is wrong.")
            String detail,

            @JsonPropertyDescription("When, RFC 3339.") String time,

            @JsonPropertyDescription("How long that took, in milliseconds.")
            long millis) {}

    /// One start of a server on an empty disk.
    public record ColdStart(
            @Nullable @JsonPropertyDescription("The archive that was restored.")
            String archive,

            @JsonPropertyDescription("When its restore was done, RFC 3339.")
            String time,

            @JsonPropertyDescription("How long the restore took, in milliseconds.")
            long restoreMillis,

            @Nullable
            @JsonPropertyDescription(
                    "How long it took until Jellyfin was healthy, in milliseconds; absent where nobody saw that.")
            Long recoveryMillis) {}
}
