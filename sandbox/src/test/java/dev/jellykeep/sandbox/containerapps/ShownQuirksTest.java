package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What GET shows that nobody wrote, hides, or spells otherwise.
class ShownQuirksTest {
    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    @Shows(Quirk.SECRET_VALUES_HIDDEN)
    void secrets_are_shown_without_their_values() {
        assertThat(town.properties().at("/configuration/secrets")).hasToString("[{\"name\":\"storage-key\"}]");
        town.apps.off(Quirk.SECRET_VALUES_HIDDEN);
        assertThat(town.properties().at("/configuration/secrets/0/value").textValue())
                .isEqualTo("s3cret");
    }

    @Test
    @Shows(Quirk.LIST_SECRETS_204)
    void the_values_are_listed_for_who_asks_and_none_may_be_answered_with_204() {
        assertThat(town.client
                        .post(Town.APP + "/listSecrets")
                        .json()
                        .at("/value/0/value")
                        .textValue())
                .isEqualTo("s3cret");
        var other = Town.APP + "2";
        var body = Town.body();
        Json.section(body, "properties", "configuration").remove("secrets");
        Json.section(body, "properties", "template").remove("initContainers");
        town.apps.put(other, body.toString());
        assertThat(town.client.post(other + "/listSecrets").status()).isEqualTo(200);
        town.apps.on(Quirk.LIST_SECRETS_204);
        assertThat(town.client.post(other + "/listSecrets").status()).isEqualTo(204);
    }

    @Test
    @Shows(Quirk.EPHEMERAL_STORAGE_ADDED)
    void the_size_of_the_disk_is_added_by_the_total_of_cpus() {
        assertThat(town.properties()
                        .at("/template/containers/0/resources/ephemeralStorage")
                        .textValue())
                .isEqualTo("8Gi");
        town.apps.off(Quirk.EPHEMERAL_STORAGE_ADDED);
        assertThat(town.properties().at("/template/containers/0/resources").has("ephemeralStorage"))
                .isFalse();
    }

    @Test
    @Shows(Quirk.EMPTY_VALUES_OMITTED)
    void an_empty_variable_comes_back_without_its_value() {
        assertThat(empty()).hasToString("{\"name\":\"EMPTY\"}");
        town.apps.off(Quirk.EMPTY_VALUES_OMITTED);
        assertThat(empty()).hasToString("{\"name\":\"EMPTY\",\"value\":\"\"}");
    }

    private JsonNode empty() {
        return town.properties().at("/template/containers/0/env/1");
    }

    @Test
    @Shows(Quirk.EMPTY_ARRAYS_NULL)
    void empty_arrays_come_back_as_null_and_missing_probes_as_an_array() {
        assertThat(town.patch(Town.template("\"initContainers\": []")).status()).isEqualTo(202);
        assertThat(town.properties().at("/template/initContainers").isNull()).isTrue();
        assertThat(town.properties().at("/template/scale/rules").isNull()).isTrue();
        assertThat(town.properties().at("/template/containers/0/probes")).hasToString("[]");
        town.apps.off(Quirk.EMPTY_ARRAYS_NULL);
        assertThat(town.properties().at("/template/initContainers")).hasToString("[]");
        assertThat(town.properties().at("/template/containers/0").has("probes")).isFalse();
    }

    @Test
    @Shows(Quirk.DEFAULTS_SHOWN)
    void defaults_are_shown_though_nobody_wrote_them() {
        assertThat(town.properties().at("/template/scale/pollingInterval").intValue())
                .isEqualTo(30);
        assertThat(town.properties().at("/template").path("revisionSuffix")).hasToString("\"\"");
        town.apps.off(Quirk.DEFAULTS_SHOWN);
        assertThat(town.properties().at("/template/scale").has("pollingInterval"))
                .isFalse();
        assertThat(town.properties().at("/template").has("revisionSuffix")).isFalse();
    }

    @Test
    @Shows(Quirk.DEFAULT_PROBES_SHOWN)
    void default_probes_are_shown_on_the_main_container_off_the_consumption_profile() {
        town.apps.on(Quirk.DEFAULT_PROBES_SHOWN);
        assertThat(town.properties().at("/template/containers/0/probes")).isEmpty();
        assertThat(town.patch("{\"properties\": {\"workloadProfileName\": \"big\"}}")
                        .status())
                .isEqualTo(202);
        assertThat(town.properties().at("/template/containers/0/probes")).hasSize(3);
        assertThat(town.properties().at("/template/containers/1/probes")).isEmpty();
        town.apps.off(Quirk.DEFAULT_PROBES_SHOWN);
        assertThat(town.properties().at("/template/containers/0/probes")).isEmpty();
    }

    @Test
    @Shows(Quirk.ODD_CASING)
    void ids_and_locations_come_back_in_another_spelling_and_are_found_in_any() {
        var shown = town.client.get(Town.APP).json();
        assertThat(Json.text(shown, "id")).contains("/resourcegroups/").isEqualToIgnoringCase(Town.APP);
        assertThat(Json.text(shown, "location")).isEqualTo("West Europe");
        assertThat(town.client.get(Town.APP.toUpperCase(Locale.ROOT)).status()).isEqualTo(200);
        town.apps.off(Quirk.ODD_CASING);
        assertThat(Json.text(town.client.get(Town.APP).json(), "id")).isEqualTo(Town.APP);
    }

    @Test
    @Shows(Quirk.IDENTITY_TYPE_SPACED)
    void identity_types_come_back_with_a_space_between_them() {
        assertThat(identityType()).isEqualTo("SystemAssigned, UserAssigned");
        town.apps.off(Quirk.IDENTITY_TYPE_SPACED);
        assertThat(identityType()).isEqualTo("SystemAssigned,UserAssigned");
    }

    private String identityType() {
        return Json.text(town.client.get(Town.APP).json(), "identity", "type");
    }

    @Test
    @Shows(Quirk.MEMORY_NORMALISED)
    void memory_may_come_back_in_another_unit() {
        assertThat(town.text("template", "containers")).isEmpty();
        assertThat(memory()).isEqualTo("512Mi");
        town.apps.on(Quirk.MEMORY_NORMALISED);
        assertThat(memory()).isEqualTo("0.5Gi");
    }

    private String memory() {
        return town.properties().at("/template/containers/1/resources/memory").textValue();
    }

    @Test
    @Shows(Quirk.ARRAY_ORDER_CHANGED)
    void variables_may_come_back_in_another_order() {
        var first = "/template/containers/0/env/0/name";
        assertThat(town.properties().at(first).textValue()).isEqualTo("JELLYFIN_DATA_DIR");
        town.apps.on(Quirk.ARRAY_ORDER_CHANGED);
        assertThat(town.properties().at(first).textValue()).isEqualTo("EMPTY");
    }

    @Test
    @Shows(Quirk.HTTP_RULES_RENAMED)
    void a_custom_rule_of_type_http_may_come_back_as_an_http_rule() {
        var rule =
                "{\"name\": \"web\", \"custom\": {\"type\": \"http\", \"metadata\": {\"concurrentRequests\": \"5\"}}}";
        town.patch(Town.template("\"scale\": {\"rules\": [" + rule + "]}"));
        assertThat(town.properties().at("/template/scale/rules/0").has("custom"))
                .isTrue();
        town.apps.on(Quirk.HTTP_RULES_RENAMED);
        assertThat(town.properties().at("/template/scale/rules/0"))
                .hasToString("{\"name\":\"web\",\"http\":{\"metadata\":{\"concurrentRequests\":\"5\"}}}");
    }

    @Test
    @Shows(Quirk.NEWER_MEMBERS_HIDDEN)
    void members_newer_than_the_api_version_are_hidden_but_kept() {
        town.patch("{\"properties\": {\"template\": {\"scale\": {\"allowScalingRuleOverride\": true}}}}");
        var newer = "/properties/template/scale/allowScalingRuleOverride";
        assertThat(town.client.get(Town.APP).json().at(newer).isMissingNode()).isTrue();
        assertThat(town.client
                        .under("2026-07-01")
                        .get(Town.APP)
                        .json()
                        .at(newer)
                        .asBoolean())
                .isTrue();
        var old = town.client.under("2024-03-01").get(Town.APP).json().at("/properties/template/scale");
        assertThat(old.has("cooldownPeriod")).isFalse();
        town.apps.off(Quirk.NEWER_MEMBERS_HIDDEN);
        assertThat(town.client.get(Town.APP).json().at(newer).asBoolean()).isTrue();
    }

    @Test
    @Shows(Quirk.FUTURE_MEMBERS)
    void a_member_that_no_model_knows_is_lost_only_by_who_drops_it() {
        town.apps.on(Quirk.FUTURE_MEMBERS);
        var other = Town.APP + "2";
        town.apps.put(other, Town.body().toString());
        town.advance(Duration.ofMinutes(1));
        assertThat(town.client.patch(other, "{\"tags\": {\"a\": \"b\"}}").status())
                .isEqualTo(202);
        var app = town.client.get(other).json();
        for (var object :
                new String[] {"", "/properties", "/properties/configuration", "/properties/template/volumes/0"}) {
            assertThat(app.at(object).has("sandboxFuture")).as(object).isTrue();
        }
        assertThat(app.at("/properties/template/containers/0/sandboxFuture").textValue())
                .isEqualTo("jellyfin");
        town.advance(Duration.ofMinutes(1));
        town.client.patch(other, town.newImage("jellyfin:11"));
        assertThat(town.client
                        .get(other)
                        .json()
                        .at("/properties/template/containers/0")
                        .has("sandboxFuture"))
                .isFalse();
    }
}
