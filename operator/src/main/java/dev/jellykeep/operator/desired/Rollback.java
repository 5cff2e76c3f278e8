package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts our parts of an app back as a revision that once was ready has them. What others have changed since is theirs,
/// and is never undone.
public final class Rollback {
    private Rollback() {}

    /// Empty where that revision differs in what isn't ours, has none of ours, or doesn't differ at all.
    ///
    /// @param app what ARM answered to the app's GET
    /// @param stable the revision's template
    public static Optional<Plan.Patch> plan(PolicyName policy, JsonNode app, JsonNode stable) {
        AppTree now = new AppTree(app);
        ObjectNode then = Members.JSON.objectNode();
        then.putObject("properties").set("template", stable);
        AppTree before = new AppTree(then);
        if (!foreign(now, policy).equals(foreign(before, policy)) || Ours.presence(before, policy) != Presence.WHOLE) {
            return Optional.empty();
        }
        List<Change> changes = new ArrayList<>();
        changes(changes, "initContainers", now.initContainers(), before.initContainers(), policy);
        changes(changes, "containers", now.containers(), before.containers(), policy);
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode body = TemplateEdit.back(before);
        ObjectNode template = (ObjectNode) body.at("/properties/template");
        JsonNode grace = before.template().path(Grace.MEMBER);
        template.set(Grace.MEMBER, grace.isMissingNode() ? Members.JSON.nullNode() : grace);
        return Optional.of(new Plan.Patch(body, changes, List.of(), Ours.presence(now, policy)));
    }

    /// All containers that aren't ours, as they would be sent.
    private static List<JsonNode> foreign(AppTree app, PolicyName policy) {
        List<JsonNode> all = new ArrayList<>();
        for (List<JsonNode> list : List.of(app.initContainers(), app.containers())) {
            list.stream()
                    .filter(each -> !Ours.isOurs(each, policy))
                    .map(TemplateEdit::repaired)
                    .forEach(all::add);
        }
        all.add(app.template().path("volumes"));
        return all;
    }

    private static void changes(
            List<Change> changes, String list, List<JsonNode> now, List<JsonNode> before, PolicyName policy) {
        for (JsonNode each : before) {
            if (Ours.isOurs(each, policy)) {
                String name = Members.name(each);
                Ours.find(now, name, policy)
                        .map(live -> ContainerDifferences.between(
                                Differences.path(list, name), live, (ObjectNode) TemplateEdit.repaired(each)))
                        .ifPresent(changes::addAll);
            }
        }
    }
}
