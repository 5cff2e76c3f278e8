package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The environment of a container: the image's, then the template's, then the platform's.
final class Variables {
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Variables() {}

    /// @param image those of the image
    /// @param container from the order's template
    /// @param surroundings what else the platform gives
    static SortedMap<String, String> of(
            ReplicaOrder order, ObjectNode container, Map<String, String> image, Map<String, String> surroundings) {
        var all = new TreeMap<>(Map.of("PATH", PATH, "HOME", "/root", "HOSTNAME", hostName(order)));
        all.putAll(image);
        for (var variable : Json.objects(container.path("env"))) {
            var secret = Json.text(variable, "secretRef");
            var value = secret.isEmpty()
                    ? Json.text(variable, "value")
                    : order.secrets().getOrDefault(secret, "");
            all.put(Json.text(variable, "name"), value);
        }
        all.put("CONTAINER_APP_NAME", appName(order));
        all.put("CONTAINER_APP_REVISION", order.revision());
        all.put("CONTAINER_APP_REPLICA_NAME", order.name());
        all.putAll(surroundings);
        return all;
    }

    /// The replica's name, as far as a host's name may be long.
    static String hostName(ReplicaOrder order) {
        return order.name().substring(0, Math.min(63, order.name().length()));
    }

    private static String appName(ReplicaOrder order) {
        return order.app().substring(order.app().lastIndexOf('/') + 1);
    }
}
