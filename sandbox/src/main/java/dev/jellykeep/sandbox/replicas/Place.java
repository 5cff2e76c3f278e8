package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.replicas.container.ContainerPlan;
import dev.jellykeep.sandbox.replicas.container.ContainerProcess;
import dev.jellykeep.sandbox.replicas.image.Image;
import dev.jellykeep.sandbox.replicas.network.ReplicaNetwork.Attachment;
import dev.jellykeep.sandbox.replicas.volume.ReplicaDisk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/// Where a replica's containers run: its network and its disk.
record Place(Host host, ReplicaOrder order, Attachment network, ReplicaDisk disk) {

    /// Starts a container anew.
    ///
    /// @param console takes each line that it prints
    ContainerProcess start(ObjectNode container, boolean init, Image image, Consumer<String> console) {
        return host.options().containers().start(host.launcher(), plan(container, init, image), console);
    }

    private ContainerPlan plan(ObjectNode container, boolean init, Image image) {
        var name = Json.text(container, "name");
        var options = host.options();
        var given = options.surroundings().variables(order, name, init);
        var ports = network.mapping(ListeningPorts.of(order.template(), options.images()));
        var environment = ports.environment(Variables.of(order, container, image.variables(), given));
        environment.putAll(given);
        var readable = new ArrayList<>(image.readable());
        readable.addAll(options.readable());
        var hosts = new LinkedHashMap<String, String>();
        hosts.put(Variables.hostName(order), network.at(0).getAddress().getHostAddress());
        hosts.putAll(options.surroundings().hosts(order));
        return new ContainerPlan(
                name,
                network.enter(),
                ports.commandLine(image.commandLine(texts(container.path("command")), texts(container.path("args")))),
                environment,
                image.user(environment),
                image.folder(),
                disk.layers(name),
                disk.mounts(container),
                image.volumes(),
                readable.stream().distinct().toList(),
                Variables.hostName(order),
                hosts);
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
