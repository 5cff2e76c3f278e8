package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// A value that is kept as a secret of the app. The operator never reads it.
@ValidationRule(
        value = "self.secretName.matches('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$')",
        message = "secretName is no name of an app secret: write lower-case letters, digits and hyphens")
public record SecretReference(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of a secret of the app.")
        String secretName) {}
