package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/// A restore that is asked for on purpose. It goes through Blob, never through the app's template: each new replica
/// restores the archive until one of them has been saved; then the token is used up, for ever.
@ValidationRule(
        value = "self.backup.matches('^(forks/[A-Za-z0-9_-]+/|suspect/)?backup-[0-9]{14}([.]tar[.]gz)?$')",
        message = "restore.request.backup is no archive's name: write one as `jellykeep list` shows it, like"
                + " backup-20260131120000.tar.gz")
@ValidationRule(
        value = "self.accept.all(reason, reason in ['INTEGRITY', 'WIZARD', 'LINEAGE', 'APP_OLDER', 'UNKNOWN_DATA',"
                + " 'NO_GOOD_ARCHIVE'])",
        message = "restore.request.accept has a name that no restore can overrule: use INTEGRITY, WIZARD, LINEAGE,"
                + " APP_OLDER, UNKNOWN_DATA or NO_GOOD_ARCHIVE")
public record RestoreRequest(
        @Required
        @Size(min = 1, max = 256)
        @JsonPropertyDescription("Name of the archive, as `jellykeep list` or `jellykeep forks` shows it.")
        String backup,

        @Required
        @Size(min = 1, max = 128)
        @JsonPropertyDescription("Any new value asks once, such as a date. To ask again, write another one.")
        String token,

        @Default("[]")
        @Size(max = 8)
        @JsonPropertyDescription("Names of refusals that are overruled for this restore, such as APP_OLDER.")
        List<String> accept) {
    public RestoreRequest {
        accept = List.copyOf(accept);
    }
}
