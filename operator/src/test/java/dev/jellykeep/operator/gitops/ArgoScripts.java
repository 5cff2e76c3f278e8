package dev.jellykeep.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What the example teaches Argo CD.
final class ArgoScripts {
    private static final String CUSTOM = "resource.customizations.";
    private static final JsonNode DATA = data();

    private ArgoScripts() {}

    private static JsonNode data() {
        return yaml(Examples.read(Examples.GITOPS.resolve("argocd/argocd-cm.yaml")))
                .path("data");
    }

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String health(String kind) {
        return DATA.required(CUSTOM + "health.jellykeep.dev_" + kind).asText();
    }

    /// Which actions there are and which of them are off.
    static String discovery() {
        return actions().required("discovery.lua").asText();
    }

    static String action(String name) {
        for (JsonNode each : actions().required("definitions")) {
            if (each.required("name").asText().equals(name)) {
                return each.required("action.lua").asText();
            }
        }
        throw new AssertionError("no action " + name);
    }

    private static JsonNode actions() {
        return yaml(DATA.required(CUSTOM + "actions.jellykeep.dev_JellyfinBackupPolicy")
                .asText());
    }
}
