package dev.jellykeep.sandbox.replicas.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void what_a_template_leaves_out_is_as_kubernetes_has_it() {
        var container = Json.object("{\"probes\": [{\"type\": \"liveness\", \"tcpSocket\": {\"port\": 80}}]}");
        var probe = Probe.of(container, Probe.Type.LIVENESS).orElseThrow();
        assertThat(probe.period()).isEqualTo(Duration.ofSeconds(10));
        assertThat(probe.timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(probe.failures()).isEqualTo(3);
        assertThat(probe.check()).isEqualTo(new Probe.Check.Tcp(80));
        assertThat(Probe.of(container, Probe.Type.READINESS)).isEmpty();
    }

    @Test
    void a_request_keeps_its_path_scheme_and_headers() {
        var container = Json.object("""
                {"probes": [{"type": "Readiness", "httpGet": {"port": 8096, "path": "health", "scheme": "HTTPS",
                  "httpHeaders": [{"name": "Host", "value": "me"}]}}]}""");
        assertThat(Probe.of(container, Probe.Type.READINESS).orElseThrow().check())
                .isEqualTo(new Probe.Check.Http("https", 8096, "/health", Map.of("Host", "me")));
    }

    @Test
    void one_success_between_failures_begins_the_count_again() {
        var container = Json.object(
                "{\"probes\": [{\"type\": \"liveness\", \"tcpSocket\": {\"port\": 80}, \"failureThreshold\": 2}]}");
        var probe = Probe.of(container, Probe.Type.LIVENESS).orElseThrow();
        var once = Streak.NONE.after(false);
        assertThat(once.bad(probe)).isFalse();
        assertThat(once.after(true).after(false).bad(probe)).isFalse();
        assertThat(once.after(false).bad(probe)).isTrue();
        assertThat(once.after(true).good(probe)).isTrue();
    }
}
