package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The identities that an app has.
///
/// @param userAssigned ids in Azure's order and case, with what is told of each
public record Identities(boolean systemAssigned, List<Map.Entry<String, JsonNode>> userAssigned) {
    /// @param app what ARM answered to the app's GET
    public static Identities of(JsonNode app) {
        JsonNode identity = app.path("identity");
        boolean system = Arrays.stream(identity.path("type").asText().split(",", -1))
                .anyMatch(type -> type.strip().equalsIgnoreCase("SystemAssigned"));
        return new Identities(
                system, List.copyOf(identity.path("userAssignedIdentities").properties()));
    }

    /// ARM ignores the case of ids.
    public Map.@Nullable Entry<String, JsonNode> find(String id) {
        return userAssigned.stream()
                .filter(each -> each.getKey().equalsIgnoreCase(id))
                .findFirst()
                .orElse(null);
    }

    /// Whom the agent is where a policy doesn't say; null where there isn't exactly one.
    public Map.@Nullable Entry<String, JsonNode> only() {
        return userAssigned.size() == 1 ? userAssigned.getFirst() : null;
    }

    List<String> ids() {
        return userAssigned.stream().map(Map.Entry::getKey).toList();
    }
}
