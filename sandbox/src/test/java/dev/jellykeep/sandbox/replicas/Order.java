package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identities;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A replica to be ordered, whose containers run shell scripts.
final class Order {
    static final String APP = "/subscriptions/s/resourceGroups/g/providers/Microsoft.App/containerApps/jellyfin";

    final ObjectNode template = Json.object();
    private Timings timings = Timings.instant().with(Span.FIRST_BACK_OFF, Duration.ofMillis(100));

    Order() {
        template.putArray("initContainers");
        template.putArray("containers");
        template.putArray("volumes").addObject().put("name", "db").put("storageType", "EmptyDir");
    }

    Order init(String name, String script) {
        return add("initContainers", name, script);
    }

    Order app(String name, String script) {
        return add("containers", name, script);
    }

    /// Mounts a volume into the container that was added last.
    Order mount(String volume, String path) {
        last().withArray("/volumeMounts").addObject().put("volumeName", volume).put("mountPath", path);
        return this;
    }

    /// Gives a variable to the container that was added last.
    Order variable(String name, String value) {
        last().withArray("/env").addObject().put("name", name).put("value", value);
        return this;
    }

    Order probe(String json) {
        last().withArray("/probes").add(Json.object(json));
        return this;
    }

    Order with(Span span, Duration length) {
        timings = timings.with(span, length);
        return this;
    }

    /// The container that was added last.
    ObjectNode last() {
        var containers = Json.objects(template.path("containers"));
        return containers.isEmpty()
                ? Json.objects(template.path("initContainers")).getLast()
                : containers.getLast();
    }

    ReplicaOrder named(String replica) {
        return new ReplicaOrder(
                APP,
                "jellyfin--0000001",
                replica,
                Instant.EPOCH,
                template.deepCopy(),
                Map.of("key", "s3cret"),
                new Identities(List.of(), List.of(), Instant.EPOCH),
                timings);
    }

    private Order add(String list, String name, String script) {
        var container = Json.object().put("name", name).put("image", "busybox");
        container.putArray("command").add("/bin/sh").add("-c").add(script);
        container.putObject("resources").put("cpu", 0.25).put("memory", "0.5Gi");
        template.withArray("/" + list).add(container);
        return this;
    }
}
