package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What both our containers have in common.
record OurContainer(String image, ArrayNode env, Amount resources, Mount mount) {
    private static final int SECONDS_BEFORE = 60;
    private static final int SECONDS_BETWEEN = 75;
    private static final int FAILURES = 10;
    private static final int SECONDS_TO_ANSWER = 10;

    ObjectNode restore() {
        return container(Ours.RESTORE, List.of("restore", "--init"));
    }

    /// With a liveness probe alone. A container without a readiness and a startup probe is ready while
    /// it runs, so that neither a backup nor the lineage ever takes Jellyfin out of service or fails its
    /// rollout. Thirteen minutes of silence are no load but a hang, which a new start of this container
    /// alone mends; and where the port can't be had, they are longer than the ten minutes after which
    /// the platform forgets its back-off, so that even then Jellyfin is out of service for seconds only.
    ObjectNode agent(int port) {
        ObjectNode agent = container(Ours.AGENT, List.of("run"));
        ObjectNode probe = agent.putArray("probes").addObject().put("type", "Liveness");
        probe.putObject("httpGet").put("path", "/livez").put("port", port).put("scheme", "HTTP");
        probe.put("initialDelaySeconds", SECONDS_BEFORE)
                .put("periodSeconds", SECONDS_BETWEEN)
                .put("timeoutSeconds", SECONDS_TO_ANSWER)
                .put("failureThreshold", FAILURES)
                .put("successThreshold", 1);
        return agent;
    }

    private ObjectNode container(String name, List<String> args) {
        ObjectNode container = Members.JSON.objectNode().put("name", name).put("image", image);
        args.forEach(container.putArray("args")::add);
        container.set("env", env.deepCopy());
        container.set("resources", resources.json());
        container.putArray("volumeMounts").add(mount.json());
        return container;
    }
}
