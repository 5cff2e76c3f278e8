package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/// Makes bodies for ARM's PATCH, an RFC 7396 merge patch: arrays are replaced whole, so they are
/// complete; what isn't named stays as it is. `revisionSuffix` is always `null`: the live one would be
/// refused as taken.
final class TemplateEdit {
    private TemplateEdit() {}

    static ObjectNode inject(AppTree app, Design design) {
        ArrayNode init = Members.JSON.arrayNode().add(design.restore());
        init.addAll(foreign(app.initContainers(), design.takenOver()));
        ArrayNode containers = foreign(app.containers(), design.takenOver()).add(design.agent());
        ObjectNode template = template(init, containers);
        template.put(Grace.MEMBER, design.grace().seconds());
        oneReplica(template, design);
        return body(template);
    }

    /// Without the containers that satisfy nobody else but us, and without a word about the grace
    /// period.
    static ObjectNode without(AppTree app, PolicyName policy) {
        return body(template(
                repaired(app.initContainers().stream()
                        .filter(each -> !Ours.isOurs(each, policy))
                        .toList()),
                repaired(app.containers().stream()
                        .filter(each -> !Ours.isOurs(each, policy))
                        .toList())));
    }

    /// All containers of a template that was there before.
    static ObjectNode back(AppTree before) {
        return body(template(repaired(before.initContainers()), repaired(before.containers())));
    }

    /// Ours alone.
    static ObjectNode block(Design design) {
        ObjectNode template = Members.JSON.objectNode();
        template.put(Grace.MEMBER, design.grace().seconds());
        template.putArray("initContainers").add(design.restore());
        template.putArray("containers").add(design.agent());
        oneReplica(template, design);
        return template;
    }

    private static ObjectNode template(ArrayNode init, ArrayNode containers) {
        ObjectNode template = Members.JSON.objectNode().putNull("revisionSuffix");
        template.set("initContainers", init);
        template.set("containers", containers);
        return template;
    }

    private static ObjectNode body(ObjectNode template) {
        ObjectNode body = Members.JSON.objectNode();
        body.putObject("properties").set("template", template);
        return body;
    }

    private static void oneReplica(ObjectNode template, Design design) {
        if (design.oneReplica()) {
            template.putObject("scale").put(MaxReplicas.MEMBER, 1);
        }
    }

    private static ArrayNode foreign(List<JsonNode> containers, Set<String> takenOver) {
        return repaired(containers.stream()
                .filter(each -> !Ours.hasOurName(each) && !takenOver.contains(Members.name(each)))
                .toList());
    }

    private static ArrayNode repaired(List<JsonNode> containers) {
        ArrayNode all = Members.JSON.arrayNode();
        containers.forEach(each -> all.add(repaired(each)));
        return all;
    }

    /// What ARM's GET shows and its PATCH refuses: a member that is read-only, and variables whose
    /// empty value it has left out.
    static JsonNode repaired(JsonNode container) {
        JsonNode copy = container.deepCopy();
        if (copy.path("resources") instanceof ObjectNode resources) {
            resources.remove("ephemeralStorage");
        }
        for (JsonNode entry : Members.list(copy, "env")) {
            if (entry instanceof ObjectNode variable
                    && !variable.path("value").isTextual()
                    && Members.text(variable, "secretRef") == null) {
                variable.put("value", "");
            }
        }
        return copy;
    }
}
