package dev.jellykeep.operator.policyfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The schema of the custom resource definition that clusters are given.
///
/// @param root of the whole resource
record PolicySchema(String apiVersion, JsonNode root) {
    static final String KIND = "JellyfinBackupPolicy";

    private static final String RESOURCE = "jellyfinbackuppolicies.jellykeep.dev.yaml";

    /// Read once.
    static PolicySchema shared() {
        return Holder.SHARED;
    }

    private static final class Holder {
        private static final PolicySchema SHARED = load();
    }

    private static PolicySchema load() {
        try (InputStream file = Objects.requireNonNull(PolicySchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            List<JsonNode> documents = Documents.read(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .orThrow();
            JsonNode spec = documents.getFirst().path("spec");
            JsonNode version = spec.path("versions").path(0);
            return new PolicySchema(
                    spec.path("group").asText() + "/" + version.path("name").asText(),
                    version.path("schema").path("openAPIV3Schema"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
