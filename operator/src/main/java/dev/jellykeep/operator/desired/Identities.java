package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The identities that an app has.
///
/// @param userAssigned ids in Azure's order and case, with what is told of each
record Identities(boolean systemAssigned, List<Map.Entry<String, JsonNode>> userAssigned) {
    static Identities of(AppTree app) {
        JsonNode identity = app.root().path("identity");
        boolean system = Arrays.stream(identity.path("type").asText().split(",", -1))
                .anyMatch(type -> type.strip().equalsIgnoreCase("SystemAssigned"));
        return new Identities(
                system, List.copyOf(identity.path("userAssignedIdentities").properties()));
    }

    /// ARM ignores the case of ids.
    Map.@Nullable Entry<String, JsonNode> find(String id) {
        return userAssigned.stream()
                .filter(each -> each.getKey().equalsIgnoreCase(id))
                .findFirst()
                .orElse(null);
    }

    List<String> ids() {
        return userAssigned.stream().map(Map.Entry::getKey).toList();
    }
}
