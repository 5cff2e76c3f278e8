package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RulesTest {
    private static final String INVALID = "InvalidParameterValueInContainerTemplate";

    private final Town town = Town.serving();

    @AfterAll
    void close() {
        town.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "total that is no pair => containers[1].resources.cpu => 0.5 => ContainerAppInvalidResourceTotal",
                "total over the profile => containers[0].resources => {'cpu':4,'memory':'8Gi'}"
                        + " => ContainerAppInvalidResourceTotal",
                "three decimals => containers[0].resources.cpu => 0.255 => " + INVALID,
                "init container over the total => initContainers[0].resources => {'cpu':1.5,'memory':'1Gi'}"
                        + " => ContainerAppInitContainersInvalidCpu",
                "upper case => containers[0].name => 'Jellyfin' => " + INVALID,
                "name twice => containers[1].name => 'restore-db' => " + INVALID,
                "no image => containers[0].image => '' => " + INVALID,
                "volume with a dot => volumes[0].name => 'd.b' => " + INVALID,
                "mount of no volume => containers[0].volumeMounts[0].volumeName => 'other' => " + INVALID,
                "mount path twice => containers[0].volumeMounts[0].mountPath => '/media' => " + INVALID,
                "relative mount path => containers[0].volumeMounts[0].mountPath => 'data' => " + INVALID,
                "reference to no secret => initContainers[0].env[0].secretRef => 'gone'"
                        + " => ContainerAppSecretRefNotFound",
                "value that is a number => containers[0].env[0].value => 5 => InvalidRequestContent",
                "nameless variable => containers[0].env[0].name => '' => " + INVALID,
                "probe of an init container => initContainers[0].probes"
                        + " => [{'type':'Liveness','tcpSocket':{'port':1}}] => " + INVALID,
                "probe by command => containers[0].probes => [{'type':'Liveness','exec':{}}] => " + INVALID,
                "probe that is slow => containers[0].probes"
                        + " => [{'type':'Startup','periodSeconds':241,'tcpSocket':{'port':1}}] => " + INVALID,
                "grace over ten minutes => terminationGracePeriodSeconds => 601 => " + INVALID,
                "no replica at all => scale.maxReplicas => 0 => " + INVALID,
                "more at least than at most => scale.minReplicas => 2 => " + INVALID,
                "suffix with two hyphens => revisionSuffix => 'a--b' => " + INVALID,
                "suffix that begins with a digit => revisionSuffix => '1a' => " + INVALID,
                "revision name over 54 => revisionSuffix => 'a123456789012345678901234567890123456789012345' => "
                        + INVALID,
                "no containers => containers => [] => " + INVALID,
            })
    void a_template_that_azure_would_refuse_is_refused(String what, String where, String value, String code) {
        var body = Town.body();
        var template = Json.section(body, "properties", "template");
        var container = Json.section(Json.objects(template.path("containers")).getFirst(), "resources");
        assertThat(container.path("cpu").doubleValue()).isEqualTo(1.0);
        Edits.set(template, where, value.replace('\'', '"'));
        var answer = town.client.patch(
                Town.APP,
                Json.object()
                        .set("properties", Json.object().set("template", template))
                        .toString());
        assertThat(answer.status()).as(what).isEqualTo(400);
        assertThat(answer.code()).as(what).isEqualTo(code);
        assertThat(town.text("latestRevisionName")).isEqualTo("jellyfin--0000001");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "unknown mode => configuration.activeRevisionsMode => 'Labels' => " + INVALID,
                "identity that isn't assigned => configuration.identitySettings"
                        + " => [{'identity':'/subscriptions/x','lifecycle':'Init'}] => " + INVALID,
                "weights under 100 => configuration.ingress.traffic => [{'latestRevision':true,'weight':50}] => "
                        + INVALID,
                "another environment => environmentId => '/subscriptions/x/providers/a/b/c'"
                        + " => ContainerAppImmutableProperty",
                "unknown profile => workloadProfileName => 'huge' => WorkloadProfileNotFound",
            })
    void an_app_that_azure_would_refuse_is_refused(String what, String where, String value, String code) {
        var properties = Json.object();
        Edits.set(properties, where, value.replace('\'', '"'));
        var answer = town.patch(Json.object().set("properties", properties).toString());
        assertThat(answer.status()).as(what).isEqualTo(400);
        assertThat(answer.code()).as(what).isEqualTo(code);
    }

    @Test
    void an_environment_without_profiles_has_smaller_replicas() {
        var small = Town.ENVIRONMENT + "-small";
        town.apps.put(small, "{\"location\": \"westeurope\", \"properties\": {}}");
        var body = Town.body();
        Json.section(body, "properties").put("environmentId", small);
        Edits.set(
                Json.section(body, "properties", "template"),
                "containers[0].resources",
                "{\"cpu\": 2.0, \"memory\": \"4Gi\"}");
        assertThat(town.client.put(Town.APP + "-small", body.toString()).code())
                .isEqualTo("ContainerAppInvalidResourceTotal");
    }

    @Test
    void what_is_no_json_is_told_so() {
        assertThat(town.patch("{\"a\": 1, \"a\": 2}").code()).isEqualTo("InvalidRequestContent");
        assertThat(town.patch("[]").code()).isEqualTo("InvalidRequestContent");
        assertThat(town.client.put(Town.APP + "3", "{}").code()).isEqualTo("LocationRequired");
        assertThat(town.client.put(Town.APP + "_3", "{}").code()).isEqualTo("ContainerAppInvalidName");
        assertThat(town.patch("{\"location\": \"eastus\"}").status()).isEqualTo(409);
    }
}
