package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.operator.api.PolicySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What plans are made of in tests.
final class Cases {
    static final Path ROOT = Path.of("src/test/resources/desired");
    static final String APP = "/subscriptions/0000/resourcegroups/media/providers/microsoft.app/containerapps/jellyfin";
    static final PolicyName FAMILY = new PolicyName("media", "family");
    static final AgentRelease RELEASE =
            new AgentRelease("ghcr.io/jellykeep/agent:1.0.0", 1, Map.of("ghcr.io/jellykeep/agent:0.9.0", 0));
    static final EnvironmentFacts CONSUMPTION =
            new EnvironmentFacts(List.of(new EnvironmentFacts.Profile("Consumption", "Consumption")));

    private Cases() {}

    static JsonNode app() {
        return Policies.read(ROOT.resolve("app.json"));
    }

    static JsonNode spec() {
        return Policies.read(ROOT.resolve("policy.yaml")).path("spec");
    }

    static PlanInput input(JsonNode app) {
        return input(app, Policies.spec(spec()), CONSUMPTION, null);
    }

    static PlanInput input(JsonNode app, JsonNode spec) {
        return input(app, Policies.spec(spec), CONSUMPTION, null);
    }

    static PlanInput input(
            JsonNode app, PolicySpec spec, @Nullable EnvironmentFacts environment, @Nullable StoredData data) {
        LineageId lineage = LineageId.ofApp(new AppResourceId(APP));
        return new PlanInput(FAMILY, spec, app, lineage, RELEASE, environment, data);
    }

    static Plan.Patch patch(PlanInput in) {
        return Planner.plan(in) instanceof Plan.Patch patch ? patch : fail(Planner.plan(in));
    }

    /// The base app with the base policy's injection.
    static ObjectNode injected() {
        return (ObjectNode) Arm.patch(app(), patch(input(app())).body(), false);
    }

    /// One of our containers in an app, to be changed.
    static ObjectNode ours(JsonNode app, String name) {
        return (ObjectNode) new AppTree(app)
                .allContainers()
                .filter(each -> Members.name(each).equals(name))
                .findFirst()
                .orElseThrow();
    }

    static ObjectNode template(JsonNode app) {
        return (ObjectNode) app.at("/properties/template");
    }

    static Plan.Patch fail(Plan plan) {
        throw new AssertionError("expected a patch, got " + plan);
    }

    static JsonNode json(String text) {
        try {
            return Policies.YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As it is after it was sent.
    static JsonNode wire(JsonNode body) {
        return json(body.toString());
    }

    static Stream<Path> files(String folder) {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
