package dev.jellykeep.sandbox.replicas;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.replicas.image.Images;
import dev.jellykeep.sandbox.replicas.probe.Probe;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The ports that a replica listens on, as far as that can be known before: those that its images name, and those that
/// its probes look at, as the one behind an ingress does.
final class ListeningPorts {
    private ListeningPorts() {}

    static Set<Integer> of(JsonNode template, Images images) {
        var ports = new TreeSet<Integer>();
        for (var list : new String[] {"initContainers", "containers"}) {
            for (var container : Json.objects(template.path(list))) {
                images.find(Json.text(container, "image"))
                        .ifPresent(image -> ports.addAll(image.listening().ports()));
                Stream.of(Probe.Type.values())
                        .map(type -> Probe.of(container, type))
                        .flatMap(Optional::stream)
                        .forEach(probe -> ports.add(probe.check().port()));
            }
        }
        return ports;
    }
}
