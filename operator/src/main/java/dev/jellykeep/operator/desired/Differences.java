package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares what we own in a live app with what it should be; what anybody else owns, and what ARM
/// adds, is ignored.
final class Differences {
    private static final String TEMPLATE = "properties.template.";

    private final AppTree app;
    private final PolicyName policy;
    private final Design design;
    private final List<Change> changes = new ArrayList<>();

    private Differences(AppTree app, PolicyName policy, Design design) {
        this.app = app;
        this.policy = policy;
        this.design = design;
    }

    static List<Change> between(AppTree app, PolicyName policy, Design design) {
        Differences differences = new Differences(app, policy, design);
        differences.list("initContainers", app.initContainers(), design.restore(), 0);
        differences.list(
                "containers", app.containers(), design.agent(), app.containers().size() - 1);
        differences.grace();
        differences.scale();
        return differences.changes;
    }

    /// @param place index at which ours belongs
    private void list(String list, List<JsonNode> live, ObjectNode sent, int place) {
        for (JsonNode each : live) {
            boolean strayed = Ours.isOurs(each, policy) && !Members.name(each).equals(Members.name(sent));
            if (strayed || design.takenOver().contains(Members.name(each))) {
                changes.add(new Change(path(list, Members.name(each)), Shown.foreign(each), null));
            }
        }
        String name = Members.name(sent);
        JsonNode ours = Ours.find(live, name, policy).orElse(null);
        if (ours == null) {
            changes.add(new Change(path(list, name), null, sent));
            return;
        }
        changes.addAll(ContainerDifferences.between(path(list, name), ours, sent));
        if (live.indexOf(ours) != place) {
            changes.add(new Change(
                    path(list, name) + ".position",
                    Members.JSON.numberNode(live.indexOf(ours)),
                    Members.JSON.numberNode(place)));
        }
    }

    private void grace() {
        Long live = Grace.live(app);
        if (live == null || live != design.grace().seconds()) {
            number(Grace.MEMBER, live, design.grace().seconds());
        }
    }

    private void scale() {
        JsonNode live = MaxReplicas.live(app);
        if (design.oneReplica() && Scaling.most(app) != 1) {
            number("scale.maxReplicas", live.isIntegralNumber() ? live.asLong() : null, 1);
        }
    }

    private void number(String member, @Nullable Long before, long after) {
        changes.add(new Change(
                TEMPLATE + member,
                before == null ? null : Members.JSON.numberNode(before),
                Members.JSON.numberNode(after)));
    }

    static String path(String list, String name) {
        return TEMPLATE + list + "[" + name + "]";
    }
}
