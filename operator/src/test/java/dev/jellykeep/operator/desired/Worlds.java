package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.operator.api.PolicySpec;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Apps, policies and real plans, for tests of what is decided upon them.
public final class Worlds {
    public static final String APP = Cases.APP;
    public static final String IMAGE = "ghcr.io/jellykeep/agent:1.0.0";

    /// In every value of {@link #randomApp} that may be a password.
    public static final String SECRET = Apps.SECRET;

    /// Of every case.
    public static final PolicyName POLICY = Cases.FAMILY;

    private Worlds() {}

    /// An app that nothing speaks against, without any injection.
    public static ObjectNode app() {
        return Cases.app().deepCopy();
    }

    public static ObjectNode randomApp(RandomGenerator random) {
        return (ObjectNode) new Apps(random).next(false);
    }

    /// @param more members of the spec over those of the smallest policy, as YAML
    public static PolicySpec spec(String more) {
        return Policies.spec(MergePatch.apply(Cases.spec(), Cases.json("{" + more + "}")));
    }

    /// @param image of the operator's own release
    public static PlanInput input(JsonNode app, PolicySpec spec, UUID lineage, String image) {
        return new PlanInput(
                Cases.FAMILY,
                spec,
                app,
                new LineageId(lineage),
                new AgentRelease(image, 1, Cases.RELEASE.declared()),
                Cases.CONSUMPTION,
                null);
    }

    /// Tells one injection from another, images included; null where the plan is refused.
    public static @Nullable String digest(PlanInput in) {
        return Planner.render(in) instanceof Rendering.Block block
                ? Integer.toHexString(block.template().toString().hashCode())
                : null;
    }

    /// Every refusal that there is an example of, by the name of its file.
    public static java.util.Map<String, Refused> refused() {
        java.util.Map<String, Refused> all = new java.util.TreeMap<>();
        GoldenTest.refused().forEach(file -> {
            if (Planner.plan(GoldenTest.refusedInput(Policies.read(file))) instanceof Refused refused) {
                all.put(String.valueOf(file.getFileName()), refused);
            }
        });
        return all;
    }

    /// What ARM shows after a patch.
    public static ObjectNode patched(JsonNode app, JsonNode body) {
        return (ObjectNode) Arm.patch(app, body, false);
    }

    /// Takes containers of ours out, as somebody else does who doesn't know them.
    public static ObjectNode without(JsonNode app, String... names) {
        ObjectNode copy = app.deepCopy();
        for (String list : java.util.List.of("initContainers", "containers")) {
            var kept = copy.arrayNode();
            Cases.template(copy).path(list).forEach(each -> {
                if (!java.util.List.of(names).contains(each.path("name").asText())) {
                    kept.add(each);
                }
            });
            Cases.template(copy).set(list, kept);
        }
        return copy;
    }

    /// One container of ours, to be changed.
    public static ObjectNode ours(JsonNode app, String name) {
        return Cases.ours(app, name);
    }
}
