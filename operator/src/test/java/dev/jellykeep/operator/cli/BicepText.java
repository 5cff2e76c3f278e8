package dev.jellykeep.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;

/// What `render --format bicep` prints of a piece of JSON, for the tests of other packages.
public final class BicepText {
    private BicepText() {}

    public static String of(JsonNode value) {
        return Bicep.of(value);
    }
}
