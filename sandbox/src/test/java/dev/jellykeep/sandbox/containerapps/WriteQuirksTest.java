package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Bucket;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What surprises who writes.
class WriteQuirksTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    @Shows(Quirk.NAME_ONLY_SECRETS_REFUSED)
    void secrets_sent_back_as_get_shows_them_are_refused() {
        var echo = "{\"properties\": {\"configuration\": {\"secrets\": [{\"name\": \"storage-key\"}]}}}";
        var refused = town.patch(echo);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("ContainerAppSecretInvalid");
        town.apps.off(Quirk.NAME_ONLY_SECRETS_REFUSED);
        assertThat(town.patch(echo).status()).isEqualTo(202);
        assertThat(secrets()).hasToString("[{\"name\":\"storage-key\",\"value\":\"s3cret\"}]");
    }

    private Object secrets() {
        return town.client.post(Town.APP + "/listSecrets").json().path("value");
    }

    @Test
    @Shows(Quirk.USED_SECRETS_KEPT)
    void a_secret_that_an_old_revision_names_can_not_be_removed() {
        town.patch(Town.template("\"initContainers\": []"));
        town.advance(LONG);
        var remove = "{\"properties\": {\"configuration\": {\"secrets\": []}}}";
        assertThat(town.patch(remove).code()).isEqualTo("ContainerAppSecretInUse");
        town.apps.off(Quirk.USED_SECRETS_KEPT);
        assertThat(town.patch(remove).status()).isEqualTo(202);
        assertThat(secrets()).hasToString("[]");
    }

    @Test
    @Shows(Quirk.SUFFIX_CONFLICT)
    void the_suffix_of_the_last_revision_sent_back_with_a_change_is_refused() {
        town.patch(withSuffix("jellyfin:11", "eleven"));
        town.advance(LONG);
        assertThat(town.text("latestRevisionName")).isEqualTo("jellyfin--eleven");
        assertThat(town.text("template", "revisionSuffix")).isEqualTo("eleven");
        var silent = Json.object(town.newImage("jellyfin:12"));
        ((ObjectNode) silent.at("/properties/template")).remove("revisionSuffix");
        for (var echo : new String[] {withSuffix("jellyfin:12", "eleven"), silent.toString()}) {
            var refused = town.patch(echo);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().at("/error/message").textValue())
                    .contains("'template.revisionsuffix' is invalid", "already exists");
        }
        town.apps.off(Quirk.SUFFIX_CONFLICT);
        assertThat(town.patch(silent.toString()).status()).isEqualTo(202);
        town.advance(LONG);
        assertThat(town.text("latestRevisionName")).isEqualTo("jellyfin--eleven");
    }

    private String withSuffix(String image, String suffix) {
        var patch = Json.object(town.newImage(image));
        ((ObjectNode) patch.at("/properties/template")).put("revisionSuffix", suffix);
        return patch.toString();
    }

    @Test
    @Shows(Quirk.BUSY_CONFLICT)
    void a_write_while_another_is_carried_out_is_refused() {
        assertThat(town.patch(town.newImage("jellyfin:11")).status()).isEqualTo(202);
        var refused = town.patch("{\"tags\": {\"a\": \"b\"}}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("ContainerAppOperationInProgress");
        assertThat(town.client.delete(Town.APP).status()).isEqualTo(409);
        assertThat(town.client.post(Town.APP + "/stop").status()).isEqualTo(409);
        town.apps.off(Quirk.BUSY_CONFLICT);
        assertThat(town.patch("{\"tags\": {\"a\": \"b\"}}").status()).isEqualTo(202);
        town.apps.on(Quirk.BUSY_CONFLICT);
        town.advance(LONG);
        assertThat(town.patch("{\"tags\": {\"a\": \"c\"}}").status()).isEqualTo(202);
    }

    @Test
    @Shows(Quirk.BARE_ERRORS)
    void some_errors_come_without_a_member_around_them() {
        var body = "{\"properties\": {\"configuration\": {\"secrets\": [{\"name\": \"storage-key\"}]}}}";
        assertThat(town.patch(body).bare()).isTrue();
        assertThat(town.patch("{\"location\": \"eastus\"}").bare()).isFalse();
        town.apps.off(Quirk.BARE_ERRORS);
        assertThat(town.patch(body).bare()).isFalse();
    }

    @Test
    @Shows(Quirk.EPHEMERAL_STORAGE_REFUSED)
    void containers_sent_back_with_the_disk_that_get_added_are_refused() {
        var containers = town.properties()
                .at("/template/containers")
                .toString()
                .replace("\"name\":\"EMPTY\"", "\"name\":\"EMPTY\",\"value\":\"\"");
        var echo = Town.template("\"containers\": " + containers);
        assertThat(containers).contains("ephemeralStorage");
        assertThat(town.patch(echo).status()).isEqualTo(400);
        town.apps.off(Quirk.EPHEMERAL_STORAGE_REFUSED);
        assertThat(town.patch(echo).status()).isEqualTo(202);
        assertThat(town.apps.state().toString()).doesNotContain("ephemeralStorage");
    }

    @Test
    @Shows(Quirk.VALUELESS_VARIABLES_REFUSED)
    void a_variable_sent_back_without_the_value_that_get_omitted_is_refused() {
        var echo = town.newImage("jellyfin:11").replace("\"name\":\"EMPTY\",\"value\":\"\"", "\"name\":\"EMPTY\"");
        assertThat(echo).contains("{\"name\":\"EMPTY\"}");
        assertThat(town.patch(echo).status()).isEqualTo(400);
        town.apps.off(Quirk.VALUELESS_VARIABLES_REFUSED);
        assertThat(town.patch(echo).status()).isEqualTo(202);
    }

    @Test
    @Shows(Quirk.DUPLICATE_VARIABLES_WEDGE)
    void a_variable_given_twice_wedges_the_app_without_a_word() {
        var poison = town.newImage("jellyfin:11")
                .replace("{\"name\":\"EMPTY\",\"value\":\"\"}", "{\"name\":\"JELLYFIN_DATA_DIR\",\"value\":\"/d\"}");
        town.apps.off(Quirk.DUPLICATE_VARIABLES_WEDGE);
        assertThat(town.patch(poison).status()).isEqualTo(400);
        town.apps.on(Quirk.DUPLICATE_VARIABLES_WEDGE);
        assertThat(town.patch(poison).status()).isEqualTo(202);
        town.advance(Duration.ofDays(2));
        assertThat(town.text("latestRevisionName")).isEqualTo("jellyfin--0000001");
        assertThat(town.text("provisioningState")).isEqualTo("InProgress");
        assertThat(town.client.post(Town.APP + "/stop").status()).isEqualTo(409);
        assertThat(town.patch(town.newImage("jellyfin:12")).status()).isEqualTo(409);
        town.apps.unstick("jellyfin");
        assertThat(town.patch(town.newImage("jellyfin:12")).status()).isEqualTo(202);
    }

    @Test
    @Shows(Quirk.THROTTLING)
    void calls_over_the_limit_are_told_when_to_come_again() {
        var few = new Bucket(2, 0.1);
        town.apps.change(settings -> settings.withLimits(few, few, few));
        assertThat(town.client.get(Town.APP).header("x-ms-ratelimit-remaining-subscription-reads"))
                .isEqualTo("1");
        assertThat(town.client.get(Town.APP).status()).isEqualTo(200);
        var refused = town.client.get(Town.APP);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("10");
        assertThat(town.patch("{\"tags\": {}}").status()).isEqualTo(202);
        assertThat(town.client.as("another").get(Town.APP).status()).isEqualTo(200);
        town.advance(Duration.ofSeconds(10));
        assertThat(town.client.get(Town.APP).status()).isEqualTo(200);
        town.apps.off(Quirk.THROTTLING);
        assertThat(town.client.get(Town.APP).status()).isEqualTo(200);
    }
}
