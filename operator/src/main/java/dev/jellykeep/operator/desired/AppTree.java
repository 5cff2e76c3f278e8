package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.stream.Stream;

/// Where things are in what ARM answers to a GET of an app.
record AppTree(JsonNode root) {
    JsonNode properties() {
        return root.path("properties");
    }

    JsonNode configuration() {
        return properties().path("configuration");
    }

    JsonNode template() {
        return properties().path("template");
    }

    List<JsonNode> containers() {
        return Members.list(template(), "containers");
    }

    List<JsonNode> initContainers() {
        return Members.list(template(), "initContainers");
    }

    /// Init containers first, as they run.
    Stream<JsonNode> allContainers() {
        return Stream.concat(initContainers().stream(), containers().stream());
    }

    JsonNode volume(String name) {
        return Members.list(template(), "volumes").stream()
                .filter(volume -> Members.name(volume).equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
