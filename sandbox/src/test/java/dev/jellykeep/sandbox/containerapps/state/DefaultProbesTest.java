package dev.jellykeep.sandbox.containerapps.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import org.junit.jupiter.api.Test;

class DefaultProbesTest {
    @Test
    void the_first_container_gets_those_that_it_lacks_on_the_ports_of_the_ingress() {
        var template = Json.object("""
                {"containers": [
                  {"name": "app", "probes": [{"type": "readiness", "httpGet": {"port": 1, "path": "/"}}]},
                  {"name": "agent"}]}""");
        DefaultProbes.add(template, Json.object("{\"targetPort\": 8096}"));
        var app = Json.objects(template.path("containers")).getFirst();
        assertThat(Json.objects(app.path("probes")).stream()
                        .map(probe -> Json.text(probe, "type") + " " + Json.text(probe, "tcpSocket", "port")))
                .containsExactly("readiness ", "Startup 8096", "Liveness 8096");
        assertThat(template.path("containers").path(1).has("probes")).isFalse();
    }

    @Test
    void without_ingress_nothing_is_probed() {
        var template = Json.object("{\"containers\": [{\"name\": \"app\", \"probes\": null}]}");
        var before = template.deepCopy();
        DefaultProbes.add(template, Json.object().path("ingress"));
        assertThat(template).isEqualTo(before);
    }
}
