package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.settings.Setting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Containers of a replica share one network: the agent's port must be none that another one is known
/// to listen on.
final class ManagementPort {
    private ManagementPort() {}

    static int choose(AppTree app, List<JsonNode> foreign) {
        Set<Integer> taken = new HashSet<>();
        JsonNode ingress = app.configuration().path("ingress");
        taken.add(ingress.path("targetPort").asInt());
        Members.list(ingress, "additionalPortMappings")
                .forEach(mapping -> taken.add(mapping.path("targetPort").asInt()));
        for (JsonNode container : foreign) {
            for (JsonNode probe : Members.list(container, "probes")) {
                taken.add(probe.path("httpGet").path("port").asInt());
                taken.add(probe.path("tcpSocket").path("port").asInt());
            }
        }
        int port = Integer.parseInt(Setting.MANAGEMENT_PORT.defaultText().orElseThrow());
        while (taken.contains(port)) {
            port++;
        }
        return port;
    }
}
