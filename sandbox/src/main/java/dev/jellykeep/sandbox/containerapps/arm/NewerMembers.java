package dev.jellykeep.sandbox.containerapps.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Members that came with an api-version (`container-apps.md` §0), and so are left out under older ones. Which members
/// are only previews: no stable version shows them.
public final class NewerMembers {
    private static final String NEVER = "9999";
    private static final List<Member> MEMBERS = List.of(
            new Member("properties/configuration/identitySettings", "2025-01-01", "2024-02-02-preview"),
            new Member("properties/template/scale/cooldownPeriod", "2025-01-01", "2024-02-02-preview"),
            new Member("properties/template/scale/pollingInterval", "2025-01-01", "2024-02-02-preview"),
            new Member("kind", "2025-07-01"),
            new Member("properties/networking", "2026-07-01"),
            new Member("properties/template/scale/allowScalingRuleOverride", "2026-07-01"),
            new Member("properties/containers/*/debugEndpoint", "2026-07-01"),
            new Member("properties/initContainers/*/debugEndpoint", "2026-07-01"),
            new Member("properties/deploymentErrors", NEVER),
            new Member("properties/patchingConfiguration", NEVER),
            new Member("properties/configuration/revisionTransitionThreshold", NEVER),
            new Member("properties/configuration/targetLabel", NEVER),
            new Member("properties/configuration/ingress/targetPortHttpScheme", NEVER),
            new Member("properties/template/containers/*/imageType", NEVER),
            new Member("properties/template/initContainers/*/imageType", NEVER),
            new Member("properties/template/containers/*/resources/gpu", NEVER),
            new Member("properties/template/initContainers/*/resources/gpu", NEVER));

    private NewerMembers() {}

    /// @param stable the first stable version that has it
    /// @param preview the first preview that has it
    private record Member(String path, String stable, String preview) {
        Member(String path, String since) {
            this(path, since, since.equals(NEVER) ? "" : since);
        }
    }

    /// Takes out of a resource what the version doesn't know.
    public static void hide(ObjectNode resource, String version) {
        var preview = version.endsWith("-preview");
        for (var member : MEMBERS) {
            if (version.compareTo(preview ? member.preview() : member.stable()) < 0) {
                remove(resource, List.of(member.path().split("/", -1)));
            }
        }
    }

    private static void remove(JsonNode node, List<String> path) {
        var first = path.getFirst();
        if (first.equals("*")) {
            if (node instanceof ArrayNode array) {
                array.forEach(item -> remove(item, path.subList(1, path.size())));
            }
        } else if (node instanceof ObjectNode object) {
            if (path.size() == 1) {
                object.remove(first);
            } else {
                remove(object.path(first), path.subList(1, path.size()));
            }
        }
    }
}
