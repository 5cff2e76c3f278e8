package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.settings.DurationText;
import java.util.ArrayList;
import java.util.List;

/// Takes an injection out again: both containers at once, and the former grace period and number of
/// replicas back, unless somebody has changed them since. It needs no spec, so that a policy that has become invalid
/// can be
/// deleted.
public final class Removal {
    private Removal() {}

    /// Up to date where nothing of this policy's is in the app; never refused.
    ///
    /// @param app what ARM answered to the app's GET
    public static Plan plan(PolicyName policy, JsonNode app) {
        AppTree tree = new AppTree(app);
        List<Change> changes = new ArrayList<>();
        gone(changes, "initContainers", tree.initContainers(), policy);
        gone(changes, "containers", tree.containers(), policy);
        if (changes.isEmpty()) {
            return new Plan.UpToDate(List.of());
        }
        ObjectNode body = TemplateEdit.without(tree, policy);
        ObjectNode template = (ObjectNode) body.at("/properties/template");
        Grace.remembered(tree, policy).ifPresent(former -> grace(template, former, tree, changes));
        MaxReplicas.remembered(tree, policy).ifPresent(former -> replicas(template, former, tree, changes));
        return new Plan.Patch(body, changes, List.of(), Ours.presence(tree, policy));
    }

    private static void gone(List<Change> changes, String list, List<JsonNode> containers, PolicyName policy) {
        containers.stream()
                .filter(container -> Ours.isOurs(container, policy))
                .forEach(container -> changes.add(
                        new Change(Differences.path(list, Members.name(container)), Shown.foreign(container), null)));
    }

    private static void grace(ObjectNode template, String former, AppTree app, List<Change> changes) {
        JsonNode value = former.equals(Grace.NONE)
                ? Members.JSON.nullNode()
                : Members.JSON.numberNode(DurationText.parse(former).orThrow().toSeconds());
        template.set(Grace.MEMBER, value);
        changes.add(back(Grace.MEMBER, app.template().path(Grace.MEMBER), value));
    }

    private static void replicas(ObjectNode template, String former, AppTree app, List<Change> changes) {
        JsonNode value = MaxReplicas.value(former);
        if (!value.equals(MaxReplicas.live(app))) {
            template.putObject("scale").set(MaxReplicas.MEMBER, value);
            changes.add(back("scale." + MaxReplicas.MEMBER, MaxReplicas.live(app), value));
        }
    }

    private static Change back(String member, JsonNode live, JsonNode value) {
        return new Change("properties.template." + member, live, value.isNull() ? null : value);
    }
}
