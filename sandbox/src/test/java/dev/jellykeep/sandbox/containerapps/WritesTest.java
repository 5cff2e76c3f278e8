package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.settings.OperationHeader;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void a_patch_is_accepted_and_its_location_leads_to_the_app_in_the_end() {
        var begun = town.patch(town.newImage("jellyfin:11"));
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.header("Retry-After")).isEqualTo("1");
        assertThat(begun.header("Azure-AsyncOperation")).isEmpty();
        assertThat(town.client.follow(begun.header("Location")).status()).isEqualTo(202);
        town.advance(LONG);
        var ended = town.client.follow(begun.header("Location"));
        assertThat(ended.status()).isEqualTo(200);
        assertThat(ended.json().at("/properties/template/containers/0/image").textValue())
                .isEqualTo("jellyfin:11");
    }

    @Test
    void either_header_or_both_may_name_the_operation() {
        town.apps.change(settings -> settings.withHeaders(OperationHeader.LOCATION, OperationHeader.BOTH));
        var begun = town.patch("{\"tags\": {\"a\": \"b\"}}");
        var status = town.client.follow(begun.header("Azure-AsyncOperation"));
        assertThat(Json.text(status.json(), "status")).isEqualTo("InProgress");
        assertThat(status.header("Retry-After")).isEqualTo("1");
        assertThat(begun.header("Location")).contains("containerappOperationResults");
        town.advance(LONG);
        assertThat(Json.text(
                        town.client.follow(begun.header("Azure-AsyncOperation")).json(), "status"))
                .isEqualTo("Succeeded");
        var put = town.client.put(Town.APP + "2", Town.body().toString());
        assertThat(put.status()).isEqualTo(201);
        assertThat(put.header("Azure-AsyncOperation")).isEmpty();
        assertThat(put.header("Location")).isNotEmpty();
    }

    @Test
    void a_failed_operation_says_so_at_both_addresses() {
        town.apps.change(settings -> settings.withHeaders(OperationHeader.BOTH, OperationHeader.BOTH));
        town.apps.script(ContainerScript.of("jellyfin").withoutEnd());
        var begun = town.patch(town.newImage("jellyfin:11"));
        town.advance(Duration.ofMinutes(3));
        town.apps.request("jellyfin");
        town.advance(Duration.ofMinutes(8));
        var status = town.client.follow(begun.header("Azure-AsyncOperation"));
        assertThat(Json.text(status.json(), "status")).isEqualTo("Failed");
        assertThat(status.json().at("/error/message").textValue()).contains("Operation expired");
        var result = town.client.follow(begun.header("Location"));
        assertThat(result.status()).isEqualTo(400);
        assertThat(result.code()).isEqualTo("ContainerAppOperationError");
    }

    @Test
    void a_template_like_the_stored_one_makes_no_revision() {
        assertThat(town.patch(town.newImage("jellyfin:10.11")).status()).isEqualTo(202);
        town.advance(LONG);
        var spelled = town.newImage("jellyfin:10.11").replace("\"cpu\":1.0", "\"cpu\":1");
        assertThat(town.patch(spelled).status()).isEqualTo(202);
        town.advance(LONG);
        assertThat(town.text("latestRevisionName")).isEqualTo("jellyfin--0000001");
    }

    @Test
    void configuration_and_identity_make_no_revision() {
        assertThat(town.patch("{\"identity\": {\"type\": \"SystemAssigned\", \"userAssignedIdentities\": null}}")
                        .status())
                .isEqualTo(202);
        town.advance(LONG);
        assertThat(town.text("latestRevisionName")).isEqualTo("jellyfin--0000001");
        assertThat(town.client.get(Town.APP).json().path("identity").has("userAssignedIdentities"))
                .isFalse();
    }

    @Test
    void a_put_without_secrets_removes_them_and_a_patch_without_leaves_them() {
        var body = Town.body();
        Json.section(body, "properties", "configuration").remove("secrets");
        assertThat(town.client.put(Town.APP, body.toString()).code()).isEqualTo("ContainerAppSecretRefNotFound");
        var other = Town.APP + "2";
        Json.section(body, "properties", "template").remove("initContainers");
        Json.section(body, "properties", "configuration")
                .putArray("secrets")
                .addObject()
                .put("name", "a")
                .put("value", "b");
        town.apps.put(other, body.toString());
        town.advance(LONG);
        town.client.patch(other, "{\"tags\": {\"x\": \"y\"}}");
        town.advance(LONG);
        assertThat(town.client.post(other + "/listSecrets").json().path("value"))
                .hasSize(1);
        Json.section(body, "properties", "configuration").remove("secrets");
        assertThat(town.client.put(other, body.toString()).status()).isEqualTo(200);
        assertThat(town.client.post(other + "/listSecrets").json().path("value"))
                .isEmpty();
    }

    @Test
    void what_get_shows_can_be_sent_back_but_for_the_two_repairs_and_changes_nothing() {
        var echo = Json.object(town.client
                .get(Town.APP)
                .json()
                .toString()
                .replaceAll(",\"ephemeralStorage\":\"[^\"]*\"", "")
                .replace("{\"name\":\"EMPTY\"}", "{\"name\":\"EMPTY\",\"value\":\"\"}"));
        Json.section(echo, "properties", "configuration").remove("secrets");
        assertThat(town.patch(echo.toString()).status()).isEqualTo(202);
        town.advance(LONG);
        assertThat(town.text("latestRevisionName")).isEqualTo("jellyfin--0000001");
    }

    @Test
    void deletion_ends_in_nothing() {
        var begun = town.client.delete(Town.APP);
        assertThat(begun.status()).isEqualTo(202);
        assertThat(town.text("provisioningState")).isEqualTo("Deleting");
        town.advance(LONG);
        assertThat(town.client.follow(begun.header("Location")).status()).isEqualTo(204);
        assertThat(town.client.get(Town.APP).code()).isEqualTo("ResourceNotFound");
        assertThat(town.client.delete(Town.APP).status()).isEqualTo(204);
        assertThat(town.patch("{}").status()).isEqualTo(404);
    }

    @Test
    void who_wrote_last_and_when_is_told() {
        town.advance(LONG);
        town.patch("{\"tags\": {\"a\": \"b\"}}");
        var data = town.client.get(Town.APP).json().path("systemData");
        assertThat(Json.text(data, "createdBy")).isEqualTo("seed");
        assertThat(Json.text(data, "lastModifiedBy")).isEqualTo("anybody");
        assertThat(Json.text(data, "lastModifiedAt"))
                .isEqualTo(Town.START.plus(LONG).plus(LONG).toString());
    }

    @Test
    void an_unknown_or_missing_api_version_is_refused() {
        assertThat(town.client.under("2020-01-01").get(Town.APP).code()).isEqualTo("NoRegisteredProviderFound");
        assertThat(town.client.under("").get(Town.APP).code()).isEqualTo("MissingApiVersionParameter");
    }

    @Test
    void revisions_come_in_pages() {
        town.apps.change(settings -> settings.withPageSize(2));
        for (var image : new String[] {"a", "b"}) {
            town.patch(town.newImage(image));
            town.advance(LONG);
        }
        var first = town.client.get(Town.APP + "/revisions").json();
        assertThat(first.path("value")).hasSize(2);
        var second = town.client.follow(Json.text(first, "nextLink")).json();
        assertThat(second.path("value")).hasSize(1);
        assertThat(second.has("nextLink")).isFalse();
        assertThat(town.client
                        .get(Town.GROUP + "/providers/Microsoft.App/containerApps")
                        .json()
                        .path("value"))
                .hasSize(1);
    }

    @Test
    void a_member_inside_an_array_is_lost_by_who_replaces_the_array() {
        var patch = Json.object(town.newImage("jellyfin:10.11"));
        ((ObjectNode) patch.at("/properties/template/containers/0")).put("notKnownYet", 7);
        town.patch(patch.toString());
        town.advance(LONG);
        assertThat(town.properties().at("/template/containers/0/notKnownYet").intValue())
                .isEqualTo(7);
        town.patch(town.newImage("jellyfin:11"));
        assertThat(town.properties().at("/template/containers/0/notKnownYet").isMissingNode())
                .isTrue();
    }
}
