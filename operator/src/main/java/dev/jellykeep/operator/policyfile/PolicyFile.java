package dev.jellykeep.operator.policyfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.desired.PolicyName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a policy file holds.
public sealed interface PolicyFile {
    /// One policy that a cluster would accept.
    ///
    /// @param document as written, with the defaults filled in
    record Good(PolicyName name, Map<String, String> annotations, PolicySpec spec, ObjectNode document)
            implements PolicyFile {
        public Good {
            annotations = Map.copyOf(annotations);
        }
    }

    /// Anything else.
    ///
    /// @param sentences at least one, each with what to write instead
    record Bad(List<String> sentences) implements PolicyFile {
        public Bad {
            sentences = List.copyOf(sentences);
        }
    }

    /// @param text YAML or JSON
    static PolicyFile read(String text) {
        return switch (Documents.read(text)) {
            case ParsedText.Bad<List<JsonNode>>(String reason) -> new Bad(List.of(reason));
            case ParsedText.Ok<List<JsonNode>>(List<JsonNode> found) ->
                found.size() == 1
                        ? one(found.getFirst())
                        : new Bad(List.of("there are " + found.size() + " documents: write one " + PolicySchema.KIND
                                + " in a file of its own"));
        };
    }

    private static PolicyFile one(JsonNode document) {
        PolicySchema schema = PolicySchema.shared();
        String kind = document.path("kind").asText();
        String version = document.path("apiVersion").asText();
        if (!(document instanceof ObjectNode object)
                || !kind.equals(PolicySchema.KIND)
                || !version.equals(schema.apiVersion())) {
            return new Bad(List.of("there is "
                    + (kind.isEmpty() ? "something without a kind" : kind + " of " + version)
                    + ": write apiVersion: " + schema.apiVersion() + " and kind: " + PolicySchema.KIND));
        }
        ObjectNode filled = Defaults.fill(object, schema.root());
        filled.remove("status");
        List<String> sentences = new ArrayList<>();
        ParsedText<Metadata> metadata = Metadata.read(filled.path("metadata"));
        if (metadata instanceof ParsedText.Bad<Metadata>(String reason)) {
            sentences.add(reason);
        }
        sentences.addAll(Structure.problems(filled, schema.root()));
        if (sentences.isEmpty()) {
            sentences.addAll(Rules.broken(filled, schema.root()));
        }
        if (!sentences.isEmpty()) {
            return new Bad(sentences);
        }
        Metadata named = metadata.orThrow();
        return new Good(named.name(), named.annotations(), Documents.as(filled.path("spec"), PolicySpec.class), filled);
    }
}
