package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.settings.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Our two containers in a template: recognised by name and by the policy in their variables.
final class Ours {
    static final String RESTORE = "jellykeep-restore";
    static final String AGENT = "jellykeep-agent";

    private static final Set<String> NAMES = Set.of(RESTORE, AGENT);

    private Ours() {}

    static boolean hasOurName(JsonNode container) {
        return NAMES.contains(Members.name(container));
    }

    static @Nullable String policyOf(JsonNode container) {
        return Env.value(container, Setting.POLICY.env());
    }

    static boolean isOurs(JsonNode container, PolicyName policy) {
        return hasOurName(container) && policy.toString().equals(policyOf(container));
    }

    static Optional<JsonNode> find(List<JsonNode> containers, String name, PolicyName policy) {
        return containers.stream()
                .filter(container -> Members.name(container).equals(name) && isOurs(container, policy))
                .findFirst();
    }

    /// The sidecar first, which tells more.
    static Stream<JsonNode> all(AppTree app, PolicyName policy) {
        return Stream.concat(app.containers().stream(), app.initContainers().stream())
                .filter(container -> isOurs(container, policy));
    }

    static Presence presence(AppTree app, PolicyName policy) {
        return Presence.of(
                find(app.initContainers(), RESTORE, policy).isPresent(),
                find(app.containers(), AGENT, policy).isPresent());
    }
}
