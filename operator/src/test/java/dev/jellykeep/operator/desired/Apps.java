package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.random.RandomGenerator;

/// Apps that nothing speaks against, as ARM shows them, with everything around the injection that an app may have.
final class Apps {
    /// In every value of these apps that may be a password.
    static final String SECRET = "hunter2";

    private final RandomGenerator random;

    /// Whether the policy has apps with several replicas refused, so that there are none.
    private final boolean checked;

    Apps(RandomGenerator random) {
        this(random, true);
    }

    Apps(RandomGenerator random, boolean checked) {
        this.random = random;
        this.checked = checked;
    }

    /// @param otherTools whether containers `tool-N` mount the data volume, which `takeOver` has to name
    JsonNode next(boolean otherTools) {
        ObjectNode app = Cases.app().deepCopy();
        unknown(app);
        ObjectNode properties = (ObjectNode) app.path("properties");
        unknown(properties);
        unknown((ObjectNode) properties.path("configuration"));
        ObjectNode template = (ObjectNode) properties.path("template");
        unknown(template);
        orAbsentOrNull(template, "terminationGracePeriodSeconds", number(0, 30, 119, 120, 121, 600));
        orAbsentOrNull((ObjectNode) template.path("scale"), "cooldownPeriod", number(60, 300, 900));
        ArrayNode containers = (ArrayNode) template.path("containers");
        jellyfin((ObjectNode) containers.path(0));
        for (int i = random.nextInt(5); i > 0; i--) {
            containers.insert(random.nextInt(containers.size() + 1), container("side-" + i, true));
        }
        ArrayNode init = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
            init.add(container("init-" + i, false));
        }
        if (otherTools) {
            init.insert(random.nextInt(init.size() + 1), onData(container("tool-1", false)));
            containers.insert(random.nextInt(containers.size() + 1), onData(container("tool-2", true)));
        }
        template.set("initContainers", init);
        if (random.nextBoolean()) {
            template.put("revisionSuffix", "before");
        }
        if (!checked) {
            orAbsentOrNull((ObjectNode) template.path("scale"), "maxReplicas", number(0, 1, 2, 10, 300));
        }
        identity(app);
        return Arm.shown(app, false);
    }

    private void jellyfin(ObjectNode jellyfin) {
        unknown(jellyfin);
        env(jellyfin);
        ((ObjectNode) jellyfin.at("/volumeMounts/0")).put("subPath", random.nextBoolean() ? "family" : "");
    }

    private ObjectNode container(String name, boolean probed) {
        ObjectNode container =
                JsonNodeFactory.instance.objectNode().put("name", name).put("image", "busybox:1");
        unknown(container);
        env(container);
        ObjectNode resources = container.putObject("resources").put("cpu", 0.25).put("memory", "0.5Gi");
        unknown(resources);
        orAbsentOrNull(
                container, "command", container.arrayNode().add("/bin/sh").add("--password=" + SECRET));
        orAbsentOrNull(container, "volumeMounts", container.arrayNode());
        if (probed && random.nextBoolean()) {
            ObjectNode probe = container.putArray("probes").addObject().put("type", "liveness");
            unknown(probe);
            ObjectNode get = probe.putObject("httpGet").put("path", "/?token=" + SECRET);
            get.putArray("httpHeaders").addObject().put("name", "Authorization").put("value", SECRET);
        }
        return container;
    }

    private static ObjectNode onData(ObjectNode container) {
        container.putArray("volumeMounts").addObject().put("volumeName", "data").put("mountPath", "/somewhere");
        return container;
    }

    private void env(ObjectNode container) {
        ArrayNode env = container.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            ObjectNode entry = env.addObject().put("name", "VARIABLE_" + i);
            unknown(entry);
            switch (random.nextInt(4)) {
                case 0 -> entry.put("value", SECRET);
                case 1 -> entry.put("secretRef", "media-key");
                case 2 -> entry.putNull("secretRef");
                default -> {}
            }
        }
        orAbsentOrNull(container, "env", env);
    }

    private void identity(ObjectNode app) {
        ObjectNode identity = (ObjectNode) app.path("identity");
        switch (random.nextInt(3)) {
            case 0 -> identity.put("type", "SystemAssigned").putNull("userAssignedIdentities");
            case 1 -> identity.put("type", "UserAssigned,systemassigned");
            default -> {}
        }
    }

    private JsonNode number(int... choices) {
        return JsonNodeFactory.instance.numberNode(choices[random.nextInt(choices.length)]);
    }

    private void orAbsentOrNull(ObjectNode parent, String member, JsonNode value) {
        switch (random.nextInt(4)) {
            case 0 -> parent.putNull(member);
            case 1 -> parent.remove(member);
            default -> parent.set(member, value);
        }
    }

    private void unknown(ObjectNode object) {
        if (random.nextBoolean()) {
            object.set(
                    "future",
                    object.objectNode()
                            .put("a", SECRET + random.nextInt())
                            .set("b", object.arrayNode().addNull()));
        }
    }

    /// A policy's spec for such an app.
    JsonNode spec(boolean otherTools) {
        ObjectNode spec = Cases.spec().deepCopy();
        ((ObjectNode) spec.path("containerApp")).put("container", "jellyfin");
        if (otherTools) {
            spec.putArray("takeOver").add("tool-1").add("tool-2");
        }
        spec.put("interval", List.of("15m", "1h", "4h").get(random.nextInt(3)));
        if (random.nextBoolean()) {
            spec.putArray("exclude").add("a/**").add("*.tmp");
        }
        switch (random.nextInt(3)) {
            case 0 -> ((ObjectNode) spec.path("storage")).putObject("identity").put("secretName", "media-key");
            default -> {}
        }
        if (!checked) {
            spec.put("scale", "Enforce");
        }
        return spec;
    }
}
