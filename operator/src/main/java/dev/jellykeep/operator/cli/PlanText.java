package dev.jellykeep.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.desired.Change;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.desired.Warning;
import dev.jellykeep.operator.reconcile.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A plan for people and for programs. Values that may be passwords are in neither, unless they are asked for: a
/// {@link Change} doesn't hold any, and of a patch {@link Plan.Patch#shown()} is used.
final class PlanText {
    private static final Pattern CONTAINER =
            Pattern.compile("properties[.]template[.](containers|initContainers)\\[([^]]*)][.]?(.*)");
    private static final String TEMPLATE = "properties.template.";

    private PlanText() {}

    /// One line for each change, below the container that it is in.
    static List<String> lines(Preview.Known seen) {
        List<String> lines = new ArrayList<>();
        switch (seen.situation().plan()) {
            case Plan.UpToDate upToDate -> warnings(lines, upToDate.warnings());
            case Plan.Patch patch -> {
                if (seen.creates() != null) {
                    lines.add("+ lineage.json (lineage " + seen.creates().lineage() + ")");
                }
                diff(lines, patch.changes());
                warnings(lines, patch.warnings());
            }
            case Refused refused ->
                refused.refusals().forEach(each -> {
                    lines.add("refused " + each.reason().text() + ": " + each.what());
                    lines.add("  mend: " + each.mend());
                });
        }
        Outlook outlook = Outlook.of(seen);
        lines.add(outlook.verdict().text() + ": " + outlook.sentence());
        return lines;
    }

    private static void warnings(List<String> lines, List<Warning> warnings) {
        warnings.forEach(each -> lines.add("warning " + each.reason().text() + ": " + each.message()));
    }

    private static void diff(List<String> lines, List<Change> changes) {
        String heading = "";
        for (Change change : changes) {
            Matcher inContainer = CONTAINER.matcher(change.path());
            if (!inContainer.matches()) {
                heading = "";
                lines.add(line(
                        change.path().startsWith(TEMPLATE) ? change.path().substring(TEMPLATE.length()) : change.path(),
                        change.before(),
                        change.after()));
                continue;
            }
            String container = (inContainer.group(1).equals("containers") ? "container " : "init container ")
                    + inContainer.group(2);
            if (inContainer.group(3).isEmpty()) {
                heading = "";
                whole(lines, container, change);
                continue;
            }
            if (!container.equals(heading)) {
                heading = container;
                lines.add("~ " + container);
            }
            lines.add("    " + line(inContainer.group(3), change.before(), change.after()));
        }
    }

    private static void whole(List<String> lines, String container, Change change) {
        JsonNode after = change.after();
        if (after == null) {
            lines.add("- " + container + " " + image(change.before()));
            return;
        }
        lines.add("+ " + container);
        after.properties().forEach(member -> {
            if (member.getKey().equals("env")) {
                member.getValue()
                        .forEach(each -> lines.add("    + env["
                                + each.path("name").asText() + "]: "
                                + (each.has("secretRef") ? "secret " + each.path("secretRef") : each.path("value"))));
            } else if (!member.getKey().equals("name")) {
                lines.add("    + " + member.getKey() + ": " + member.getValue());
            }
        });
    }

    private static String image(@Nullable JsonNode container) {
        return container == null ? "" : "(" + container.path("image").asText() + ")";
    }

    private static String line(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (before == null) {
            return "+ " + path + ": " + after;
        }
        return after == null ? "- " + path + ": " + before : "~ " + path + ": " + before + " -> " + after;
    }

    /// `verdict`, `next`, `lineage` where a document would be created, `changes`, `patch`, `digest`, `warnings`,
    /// `refusals`.
    ///
    /// @param values whether the patch is the one that would be sent, with everybody's values
    static ObjectNode json(String policy, Preview.Known seen, boolean values) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Outlook outlook = Outlook.of(seen);
        json.put("policy", policy)
                .put("app", seen.situation().appId())
                .put("verdict", outlook.verdict().name())
                .put("reason", seen.next().progress().reason())
                .put("next", outlook.sentence());
        if (seen.creates() != null) {
            json.put("createsLineage", seen.creates().lineage().toString());
        }
        var changes = json.putArray("changes");
        var warnings = json.putArray("warnings");
        var refusals = json.putArray("refusals");
        switch (seen.situation().plan()) {
            case Plan.UpToDate upToDate -> upToDate.warnings().forEach(each -> warnings.add(json(each)));
            case Plan.Patch patch -> {
                patch.changes().forEach(each -> {
                    ObjectNode change = changes.addObject().put("path", each.path());
                    change.set("before", each.before());
                    change.set("after", each.after());
                });
                patch.warnings().forEach(each -> warnings.add(json(each)));
                json.set("patch", values ? patch.body() : patch.shown());
                json.put("digest", patch.digest());
            }
            case Refused refused ->
                refused.refusals()
                        .forEach(each -> refusals.addObject()
                                .put("reason", each.reason().text())
                                .put("what", each.what())
                                .put("mend", each.mend()));
        }
        return json;
    }

    private static ObjectNode json(Warning warning) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("reason", warning.reason().text())
                .put("message", warning.message());
    }
}
