package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is. Facts and times only, and nothing that can't be found again in Azure.
public record PolicyStatus(
        @Nullable @JsonPropertyDescription("Generation of the spec that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription("Ready: the operator has done its job. Protected: the data is safe now.")
        List<PolicyCondition> conditions,

        @Nullable @JsonPropertyDescription("The app as Azure shows it.")
        TargetStatus target,

        @Nullable @JsonPropertyDescription("The archives as Blob shows them.")
        BackupsStatus backups) {

    public PolicyStatus {
        conditions = List.copyOf(conditions);
    }
}
