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
        BackupsStatus backups,

        @Nullable @JsonPropertyDescription("What was put into the app.")
        InjectionStatus injection,

        @Nullable @JsonPropertyDescription("What became of others' changes to our parts.")
        DriftStatus drift,

        @Nullable @JsonPropertyDescription("What would be sent, or waits to be.")
        PlanStatus plan,

        @JsonPropertyDescription("What the policy or its annotations ask for, and the answers.")
        List<RequestStatus> requests,

        @Nullable @JsonPropertyDescription("What restoring has shown.")
        RecoveryStatus recovery) {

    public PolicyStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
        requests = requests == null ? List.of() : List.copyOf(requests);
    }
}
