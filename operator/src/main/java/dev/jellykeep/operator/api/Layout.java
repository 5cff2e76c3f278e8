package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// Where Jellyfin keeps its data.
@ValidationRule(
        value = "self.dataDir.matches('^(/[^/ ]+)+$') && !self.dataDir.matches('/[.]{1,2}(/|$)')",
        message = "containerApp.layout.dataDir is no absolute path below the root: write one like /config")
@ValidationRule(
        value = "self.configDir.matches('^(/[^/ ]+)+$') && !self.configDir.matches('/[.]{1,2}(/|$)')",
        message = "containerApp.layout.configDir is no absolute path below the root: write one like /config/config")
public record Layout(
        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("JELLYFIN_DATA_DIR, an absolute path in Jellyfin's container.")
        String dataDir,

        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("JELLYFIN_CONFIG_DIR, an absolute path in Jellyfin's container.")
        String configDir) {}
