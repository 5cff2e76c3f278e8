package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.Options;
import dev.jellykeep.sandbox.containerapps.http.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/// The suite against the emulator of the sandbox, on a clock that stands.
class EmulatedContainerAppsTest extends ContainerAppsApiContract {
    private static final String GROUP = "/subscriptions/00000000-0000-0000-0000-00000000000a/resourceGroups/media";
    private static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/env";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";

    private final ContainerApps emulator = ContainerApps.start(Options.standing(TestTime.START));

    EmulatedContainerAppsTest() {
        emulator.put(ENVIRONMENT, """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}
                """);
        emulator.put(APP, """
                {"location": "westeurope", "properties": {"environmentId": "%s",
                  "configuration": {"secrets": [{"name": "s1", "value": "value-of-s1"}],
                    "ingress": {"external": true, "targetPort": 8096}},
                  "template": {
                    "containers": [{"name": "jellyfin", "image": "jellyfin/jellyfin:10.11",
                      "resources": {"cpu": 1.0, "memory": "2Gi"}}],
                    "scale": {"minReplicas": 0, "maxReplicas": 1}}}}
                """.formatted(ENVIRONMENT));
        emulator.advance(Duration.ofMinutes(1));
    }

    @AfterEach
    void no_secret_was_asked_for() {
        assertThat(emulator.journal()).noneMatch(entry -> entry.toString().contains("listSecrets"));
        emulator.close();
    }

    @Override
    protected URI endpoint() {
        return emulator.uri();
    }

    @Override
    protected AppResourceId app() {
        return AppResourceId.parse(APP).orThrow();
    }

    @Override
    protected String environmentId() {
        return ENVIRONMENT;
    }

    @Override
    protected List<String> secretValues() {
        return List.of("value-of-s1");
    }

    @Override
    protected JsonNode harmlessPatch(JsonNode app) {
        return withContainer(app, container -> container.put("image", "jellyfin/jellyfin:10.12"));
    }

    @Override
    protected JsonNode refusedPatch(JsonNode app) {
        return withContainer(app, container -> ((ObjectNode) container.path("resources")).put("cpu", 0.3));
    }

    @Override
    protected void busy() {
        emulator.fault(
                Fault.next(Fault.answer(409, "ContainerAppOperationInProgress")).onMethods("PATCH"));
    }

    @Override
    protected void throttle(int replies, Duration retryAfter) {
        emulator.fault(Fault.next(Fault.throttled((int) retryAfter.toSeconds())).times(replies));
    }

    @Override
    protected void letTimePass() {
        emulator.advance(Duration.ofSeconds(1));
    }

    private static JsonNode withContainer(JsonNode app, java.util.function.Consumer<ObjectNode> edit) {
        var containers = app.at("/properties/template/containers").deepCopy();
        var first = (ObjectNode) containers.get(0);
        ((ObjectNode) first.path("resources")).remove("ephemeralStorage");
        edit.accept(first);
        var patch = JsonNodeFactory.instance.objectNode();
        var template = patch.putObject("properties").putObject("template");
        template.putNull("revisionSuffix");
        template.set("containers", containers);
        return patch;
    }
}
