package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What of one of our containers isn't as it should be. Members that we don't set are ignored, but for
/// those that would change what the agent does: its command, further variables and mounts.
final class ContainerDifferences {
    private final String path;
    private final JsonNode live;
    private final JsonNode sent;
    private final List<Change> changes = new ArrayList<>();

    private ContainerDifferences(String path, JsonNode live, JsonNode sent) {
        this.path = path;
        this.live = live;
        this.sent = sent;
    }

    static List<Change> between(String path, JsonNode live, JsonNode sent) {
        ContainerDifferences differences = new ContainerDifferences(path, live, sent);
        differences.member("image");
        differences.list("command");
        differences.list("args");
        differences.env();
        differences.resources();
        differences.mounts();
        differences.probes();
        return differences.changes;
    }

    private void member(String name) {
        if (!Sameness.shows(live.path(name), sent.path(name))) {
            add(name, live.path(name), sent.path(name));
        }
    }

    private void list(String name) {
        if (!Members.texts(live, name).equals(Members.texts(sent, name))) {
            add(name, Shown.changed(live.path(name), sent.path(name)), sent.path(name));
        }
    }

    private void env() {
        Map<String, JsonNode> before = byName(live);
        Map<String, JsonNode> after = byName(sent);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            JsonNode one = before.get(name);
            JsonNode other = after.get(name);
            if (one == null || other == null || !said(one).equals(said(other))) {
                changes.add(new Change(path + ".env[" + name + "]", Shown.variable(one), Shown.variable(other)));
            }
        }
    }

    private static Map<String, JsonNode> byName(JsonNode container) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        Members.list(container, "env").forEach(entry -> byName.put(Members.name(entry), entry));
        return byName;
    }

    private static String said(JsonNode entry) {
        String secret = Members.text(entry, "secretRef");
        String value = Members.text(entry, "value");
        return secret == null ? "=" + (value == null ? "" : value) : "secret " + secret;
    }

    private void resources() {
        if (!Amount.of(live).same(Amount.of(sent))) {
            changes.add(new Change(
                    path + ".resources",
                    live.has("resources") ? Amount.of(live).json() : null,
                    sent.path("resources")));
        }
    }

    private void mounts() {
        if (!mounts(live).equals(mounts(sent))) {
            add("volumeMounts", live.path("volumeMounts"), sent.path("volumeMounts"));
        }
    }

    private static List<Mount> mounts(JsonNode container) {
        return Mount.of(container).stream()
                .sorted(Comparator.comparing(Mount::writtenPath))
                .toList();
    }

    /// A probe of a type that we don't set may be one that Azure adds.
    private void probes() {
        for (JsonNode probe : Members.list(sent, "probes")) {
            String type = probe.path("type").asText();
            JsonNode found = Members.list(live, "probes").stream()
                    .filter(each -> each.path("type").asText().equalsIgnoreCase(type))
                    .findFirst()
                    .orElse(MissingNode.getInstance());
            if (!Sameness.shows(found, probe)) {
                add("probes[" + type + "]", Shown.changed(found, probe), probe);
            }
        }
    }

    private void add(String name, JsonNode before, JsonNode after) {
        changes.add(new Change(path + "." + name, orNull(before), orNull(after)));
    }

    private static @Nullable JsonNode orNull(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node;
    }
}
