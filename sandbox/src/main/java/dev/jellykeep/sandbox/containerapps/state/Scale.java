package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.time.Duration;
import java.util.Set;

/// The bounds of a revision's replicas (`container-apps.md` §5.4).
///
/// @param least 1 where all rules are about CPU or memory, which know no zero
/// @param coolDown the idle time before the least is returned to
record Scale(int least, int most, Duration coolDown) {
    private static final Set<String> NEVER_ZERO = Set.of("cpu", "memory");

    static Scale of(JsonNode template) {
        var scale = template.path("scale");
        var rules = Json.objects(scale.path("rules"));
        var neverZero = !rules.isEmpty()
                && rules.stream().allMatch(rule -> NEVER_ZERO.contains(Json.text(rule, "custom", "type")));
        var least = Math.max(scale.path("minReplicas").asInt(0), neverZero ? 1 : 0);
        return new Scale(
                least,
                Math.max(least, scale.path("maxReplicas").asInt(10)),
                Duration.ofSeconds(scale.path("cooldownPeriod").asLong(300)));
    }

    int clamp(int wanted) {
        return Math.clamp(wanted, least, most);
    }
}
