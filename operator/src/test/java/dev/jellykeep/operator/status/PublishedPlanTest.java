package dev.jellykeep.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.api.PlanStatus;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Worlds;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a status shows of a patch; by seeds where it holds for every app, `-Dseed=42` runs that one.
class PublishedPlanTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final UUID LINEAGE = new UUID(1, 2);

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 200) : LongStream.of(only);
    }

    private static Plan.Patch patch(JsonNode app, String spec) {
        Plan plan = Planner.plan(Worlds.input(app, Worlds.spec(spec), LINEAGE, Worlds.IMAGE));
        return plan instanceof Plan.Patch patch ? patch : raise(plan);
    }

    private static Plan.Patch raise(Plan plan) {
        throw new AssertionError("expected a patch, got " + plan);
    }

    private static final String NAMED = "containerApp: {container: jellyfin}";

    @ParameterizedTest
    @MethodSource("seeds")
    void no_value_of_another_container_is_in_a_status(long seed) {
        Random random = new Random(seed);
        ObjectNode app = Worlds.randomApp(random);
        PlanStatus first = PublishedPlan.of(patch(app, NAMED));
        assertThat(first.toString()).doesNotContain(Worlds.SECRET).contains("jellykeep-agent");

        ObjectNode injected = Worlds.patched(app, patch(app, NAMED).body());
        spoil(Worlds.ours(injected, random.nextBoolean() ? "jellykeep-agent" : "jellykeep-restore"), random);
        PlanStatus drifted = PublishedPlan.of(patch(injected, NAMED));
        assertThat(drifted.toString()).doesNotContain(Worlds.SECRET);
    }

    /// As somebody else changes what is ours.
    private static void spoil(ObjectNode ours, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> ours.putArray("command").add("sh").add(Worlds.SECRET);
            case 1 -> ours.putArray("args").add(Worlds.SECRET);
            case 2 ->
                ((ArrayNode) ours.path("env")).addObject().put("name", "KEY").put("value", Worlds.SECRET);
            default -> {
                ours.putArray("args").addObject().put("a", Worlds.SECRET);
                ArrayNode probes = ours.putArray("probes");
                ObjectNode get = probes.addObject().put("type", "Liveness").putObject("httpGet");
                get.put("path", "/" + Worlds.SECRET)
                        .put("port", 1)
                        .putArray("httpHeaders")
                        .add(Worlds.SECRET);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_shown_is_the_patch_but_for_what_is_marked(long seed) throws Exception {
        Plan.Patch patch = patch(Worlds.randomApp(new Random(seed)), NAMED);
        PlanStatus status = PublishedPlan.of(patch);
        assertThat(status.cut()).isEmpty();
        same(
                JSON.readTree(String.valueOf(status.patch())),
                JSON.readTree(patch.body().toString()));
    }

    private static void same(JsonNode shown, JsonNode sent) {
        if (shown.isTextual() && shown.asText().equals("<unchanged>")) {
            return;
        }
        assertThat(shown.getNodeType()).isEqualTo(sent.getNodeType());
        assertThat(shown.size()).isEqualTo(sent.size());
        if (shown.isObject()) {
            sent.properties().forEach(each -> same(shown.path(each.getKey()), each.getValue()));
        } else if (shown.isArray()) {
            for (int i = 0; i < sent.size(); i++) {
                same(shown.path(i), sent.path(i));
            }
        } else {
            assertThat(shown).isEqualTo(sent);
        }
    }

    @Test
    void a_password_cannot_be_tried_out_on_the_digest() {
        ObjectNode one = Worlds.app();
        ((ArrayNode) one.at("/properties/template/containers/0/env"))
                .addObject()
                .put("name", "P")
                .put("value", "1234");
        ObjectNode other = one.deepCopy();
        ((ObjectNode) other.at("/properties/template/containers/0/env/2")).put("value", "4321");
        assertThat(patch(one, "").body()).isNotEqualTo(patch(other, "").body());
        assertThat(PublishedPlan.of(patch(one, "")).digest())
                .isEqualTo(PublishedPlan.of(patch(other, "")).digest())
                .isNotEqualTo(PublishedPlan.of(patch(one, "interval: 1h")).digest());
    }

    @Test
    void a_status_never_outgrows_what_a_cluster_keeps_and_says_what_is_cut() {
        ObjectNode app = Worlds.app();
        ArrayNode containers = (ArrayNode) app.at("/properties/template/containers");
        ObjectNode big = containers.addObject().put("name", "side").put("image", "busybox:1");
        big.putObject("resources").put("cpu", 0.25).put("memory", "0.5Gi");
        ArrayNode env = big.putArray("env");
        for (int i = 0; i < 3000; i++) {
            env.addObject().put("name", "VARIABLE_" + i).put("value", "x");
        }
        Plan.Patch patch = patch(app, NAMED);
        PlanStatus status = PublishedPlan.of(patch);
        assertThat(status.cut()).containsExactly("patch: all of other containers but name and image");
        assertThat(status.patch()).contains("jellykeep-agent", "\"side\"").doesNotContain("VARIABLE_1");
        assertThat(status.digest()).isEqualTo(patch.digest());

        StringBuilder globs = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            globs.append(i == 0 ? "" : ", ")
                    .append("'")
                    .append("ä".repeat(508))
                    .append("/")
                    .append(i)
                    .append("'");
        }
        PlanStatus largest = PublishedPlan.of(patch(
                app, NAMED + ", rollout: {strategy: Overlap}, exclude: [" + globs + "], include: [" + globs + "]"));
        assertThat(largest.patch()).isNull();
        assertThat(largest.cut()).contains("patch");
        assertThat(largest.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(300_000);
    }

    @Test
    void long_lines_and_many_are_cut_and_said() {
        ObjectNode app = Worlds.app();
        String spec = "exclude: ['" + "ä".repeat(512) + "', '" + "ö".repeat(512) + "', '" + "ü".repeat(512) + "']";
        ObjectNode injected = Worlds.patched(app, patch(app, "").body());
        PlanStatus status = PublishedPlan.of(patch(injected, spec));
        assertThat(status.cut()).containsExactly("changes: ends of lines");
        assertThat(status.changes())
                .allMatch(line -> line.length() <= PublishedPlan.LONGEST_LINE)
                .anyMatch(line -> line.contains("JELLYKEEP_EXCLUDE") && line.endsWith("…"));

        ArrayNode env = (ArrayNode) Worlds.ours(injected, "jellykeep-agent").path("env");
        for (int i = 0; i < 200; i++) {
            env.addObject().put("name", "VARIABLE_" + i).put("value", "x");
        }
        PlanStatus many = PublishedPlan.of(patch(injected, ""));
        assertThat(many.changes()).hasSize(PublishedPlan.MOST_LINES);
        assertThat(many.cut()).containsExactly("changes: " + (200 - PublishedPlan.MOST_LINES) + " lines");
    }
}
