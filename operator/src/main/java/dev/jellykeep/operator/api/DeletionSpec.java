package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/// What happens to the app when its policy is deleted. Archives are never deleted with it.
@ValidationRule(
        value = "!self.confirmDataLoss || self.injection == 'Remove'",
        message = "deletion.confirmDataLoss means nothing without deletion.injection: Remove; take it out, or add that")
public record DeletionSpec(
        @Default("Auto")
        @JsonPropertyDescription("Auto leaves both containers where the data is on an EmptyDir, so that the app stays"
                + " protected, and takes them out elsewhere. Remove takes them out.")
        InjectionOnDeletion injection,

        @Default("false")
        @JsonPropertyDescription(
                "Needed by Remove where the data is on an EmptyDir: without our containers each start is an"
                        + " empty server.")
        boolean confirmDataLoss) {}
