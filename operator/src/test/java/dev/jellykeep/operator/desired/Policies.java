package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.jellykeep.operator.api.PolicySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Policies as the API server hands them out: with the CRD's defaults.
public final class Policies {
    static final ObjectMapper YAML = new YAMLMapper();
    private static final JsonNode SCHEMA = read(Path.of("../crds/jellyfinbackuppolicies.jellykeep.dev.yaml"))
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");

    private Policies() {}

    public static PolicySpec spec(JsonNode written) {
        JsonNode filled = fill(written, SCHEMA);
        try {
            return YAML.treeToValue(filled, PolicySpec.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static JsonNode read(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode fill(JsonNode written, JsonNode schema) {
        if (!(written instanceof ObjectNode object)) {
            return written;
        }
        ObjectNode filled = object.deepCopy();
        schema.path("properties").properties().forEach(member -> {
            JsonNode value = filled.path(member.getKey());
            if (value.isMissingNode()) {
                value = member.getValue().path("default");
            }
            if (!value.isMissingNode()) {
                filled.set(member.getKey(), fill(value, member.getValue()));
            }
        });
        return filled;
    }
}
