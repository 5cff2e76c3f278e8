package dev.jellykeep.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.operator.status.StatusText;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import org.jspecify.annotations.Nullable;

/// Policies as a cluster shows them, with the status that the operator writes.
final class Policies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Policies() {}

    static JsonNode of(Case at, Outcome outcome) {
        return of(at, at.generation, StatusText.of(null, outcome, at.generation, at.now));
    }

    static JsonNode of(Case at, long generation, @Nullable PolicyStatus status) {
        JellyfinBackupPolicy policy = new JellyfinBackupPolicy();
        policy.setMetadata(new ObjectMetaBuilder()
                .withNamespace("media")
                .withName("family")
                .withGeneration(generation)
                .build());
        policy.setSpec(at.spec);
        policy.setStatus(status);
        return JSON.valueToTree(policy);
    }
}
