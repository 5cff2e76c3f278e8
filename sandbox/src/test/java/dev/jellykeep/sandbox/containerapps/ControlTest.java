package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.process.Flags;
import dev.jellykeep.sandbox.process.Flags.BadFlag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Steering over HTTP, as a program in any language would.
class ControlTest {
    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void quirks_times_and_headers_are_switched_by_name() {
        var changed = steer("PATCH", "settings", """
                {"quirks": {"busy_conflict": false}, "timings": {"READY": "PT7S"}, "headers": {"patch": "both"},
                 "retryAfterSeconds": 3, "limits": {"reads": {"size": 5, "perSecond": 1}}}""");
        assertThat(changed.json().at("/quirks/BUSY_CONFLICT").asBoolean(true)).isFalse();
        assertThat(changed.json().at("/timings/READY").textValue()).isEqualTo("PT7S");
        var begun = town.patch("{\"tags\": {}}");
        assertThat(begun.header("Retry-After")).isEqualTo("3");
        assertThat(begun.header("Azure-AsyncOperation")).isNotEmpty();
        assertThat(steer("PATCH", "settings", "{\"quirk\": {}}").status()).isEqualTo(400);
        assertThat(steer("PATCH", "settings", "{\"quirks\": {\"NO_SUCH\": true}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_rollout_that_fails_can_be_scripted_and_watched() {
        steer(
                "POST",
                "scripts",
                "{\"container\": \"restore-db\", \"failures\": -1, \"exitCode\": 9, \"text\": \"no\"}");
        town.patch(town.newImage("jellyfin:11"));
        steer("POST", "clock", "{\"advance\": \"PT11M\"}");
        var state = steer("GET", "state", "").json();
        assertThat(state.at("/apps/0/revisions/1/progress").textValue()).isEqualTo("FAILED");
        assertThat(state.at("/apps/0/revisions/1/replicas/0/containers/0/details")
                        .textValue())
                .contains("exit code '9'", "no");
        assertThat(state.toString()).doesNotContain("s3cret");
        assertThat(steer("POST", "request?app=jellyfin", "")
                        .json()
                        .path("revision")
                        .textValue())
                .isEqualTo("jellyfin--0000001");
    }

    @Test
    void faults_are_scripted_listed_and_forgotten() {
        steer("POST", "faults", "{\"outcome\": \"answer\", \"status\": 503, \"methods\": [\"GET\"], \"times\": 5}");
        assertThat(town.client.get(Town.APP).status()).isEqualTo(503);
        assertThat(steer("GET", "faults", "").response().body()).contains("\"times\":4");
        steer("DELETE", "faults", "");
        assertThat(town.client.get(Town.APP).status()).isEqualTo(200);
        steer("POST", "faults", "{\"outcome\": \"fail\", \"app\": \"jellyfin\", \"code\": \"Broken\"}");
        var begun = town.patch("{\"tags\": {}}");
        assertThat(town.client.follow(begun.header("Location")).code()).isEqualTo("Broken");
        assertThat(steer("POST", "faults", "{\"outcome\": \"explode\"}").status())
                .isEqualTo(400);
        assertThat(steer("GET", "journal", "").response().body()).contains("\"status\":503");
    }

    @Test
    void replicas_are_crashed_evicted_and_scaled_by_name() {
        var replica = town.replicas("jellyfin--0000001").getFirst();
        assertThat(steer("POST", "crash?replica=" + replica + "&container=jellyfin", "")
                        .status())
                .isEqualTo(204);
        assertThat(town.container("jellyfin--0000001", "jellyfin")
                        .path("restartCount")
                        .intValue())
                .isEqualTo(1);
        steer("POST", "evict?replica=" + replica, "");
        assertThat(town.replicas("jellyfin--0000001")).doesNotContain(replica).hasSize(1);
        assertThat(steer("POST", "scale?app=jellyfin&replicas=0", "").status()).isEqualTo(204);
        steer("POST", "clock", "{\"advance\": \"PT5S\"}");
        assertThat(town.replicas("jellyfin--0000001")).isEmpty();
        assertThat(steer("POST", "evict?replica=none", "").status()).isEqualTo(400);
        assertThat(steer("GET", "nothing", "").status()).isEqualTo(404);
    }

    @Test
    void role_files_are_given_by_token() {
        steer("PUT", "principals", "{\"t\": {\"name\": \"reader\", \"Actions\": [\"Microsoft.App/*/read\"]}}");
        assertThat(town.client.as("t").get(Town.APP).status()).isEqualTo(200);
        assertThat(town.client.as("t").patch(Town.APP, "{\"tags\": {}}").status())
                .isEqualTo(403);
        assertThat(Json.objects(Json.object("{\"v\":"
                                + steer("GET", "identities", "").response().body() + "}")
                        .path("v")))
                .hasSize(2);
    }

    @Test
    void the_program_refuses_a_bad_command_line_and_starts_with_a_good_one() {
        var known = Set.of("--port", "--timings", "--keystore", "--keystore-password", "--principals");
        assertThatThrownBy(() -> ContainerAppsMain.start(Flags.parse(List.of("--timings", "slow"), known)))
                .isInstanceOf(BadFlag.class);
        try (var apps = ContainerAppsMain.start(Flags.parse(List.of("--timings", "instant"), known))) {
            assertThat(new Client(apps).get(Town.APP).code()).isEqualTo("ResourceNotFound");
        }
    }

    private Client.Answer steer(String method, String what, String body) {
        return town.client.steer(method, what, body);
    }
}
