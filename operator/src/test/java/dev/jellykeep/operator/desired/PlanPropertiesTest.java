package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every app, by seeds; `-Dseed=42` runs that one. `Arm` refuses bodies with duplicate names, parts
/// that aren't ours and members that ARM refuses.
class PlanPropertiesTest {
    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 300) : LongStream.of(only);
    }

    private record Made(JsonNode app, JsonNode spec, boolean otherTools, boolean otherWords) {
        static Made of(long seed) {
            Random random = new Random(seed);
            boolean otherTools = random.nextInt(4) == 0;
            Apps apps = new Apps(random, random.nextBoolean());
            return new Made(apps.next(otherTools), apps.spec(otherTools), otherTools, random.nextBoolean());
        }

        JsonNode injected() {
            return Arm.patch(app, Cases.patch(Cases.input(app, spec)).body(), otherWords);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_plan_that_was_carried_out_is_not_planned_again(long seed) {
        Made made = Made.of(seed);
        Plan.Patch first = Cases.patch(Cases.input(made.app, made.spec));
        assertThat(first.firstInjection()).isTrue();
        assertThat(first.newRevision()).isTrue();
        assertThat(Planner.plan(Cases.input(made.injected(), made.spec))).isInstanceOf(Plan.UpToDate.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void planning_changes_nothing_in_the_app_that_it_is_given(long seed) {
        Made made = Made.of(seed);
        JsonNode copy = made.app.deepCopy();
        Planner.plan(Cases.input(made.app, made.spec));
        assertThat(made.app).isEqualTo(copy);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_is_not_ours_comes_back_as_it_was_and_in_its_order(long seed) {
        Made made = Made.of(seed);
        assertThat(withoutOurs(made.injected())).isEqualTo(withoutOurs(made.app));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ours_are_the_first_to_start_and_the_last_in_the_list(long seed) {
        JsonNode template = Made.of(seed).injected().at("/properties/template");
        assertThat(template.at("/initContainers/0/name").asText()).isEqualTo(Ours.RESTORE);
        JsonNode containers = template.path("containers");
        assertThat(containers.path(containers.size() - 1).path("name").asText()).isEqualTo(Ours.AGENT);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void removing_gives_back_the_original(long seed) {
        Made made = Made.of(seed);
        Plan removal = Removal.plan(Cases.FAMILY, made.injected());
        assertThat(removal).isInstanceOf(Plan.Patch.class);
        JsonNode removed = Arm.patch(made.injected(), ((Plan.Patch) removal).body(), false);
        assertThat(comparable(removed, made.otherTools, false)).isEqualTo(comparable(made.app, made.otherTools, false));
        assertThat(Removal.plan(Cases.FAMILY, removed)).isInstanceOf(Plan.UpToDate.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_changed_policy_is_rolled_out_once(long seed) {
        Made made = Made.of(seed);
        ObjectNode spec = made.spec.deepCopy();
        spec.put("interval", "3h");
        spec.putArray("include").add("plugins/**");
        spec.putObject("agent").putObject("resources").put("cpu", "0.5").put("memory", "1Gi");
        JsonNode injected = made.injected();
        Plan.Patch change = Cases.patch(Cases.input(injected, spec));
        assertThat(change.firstInjection()).isFalse();
        assertThat(change.onlyAgentImage()).isFalse();
        JsonNode changed = Arm.patch(injected, change.body(), made.otherWords);
        assertThat(Planner.plan(Cases.input(changed, spec))).isInstanceOf(Plan.UpToDate.class);
        assertThat(withoutOurs(changed)).isEqualTo(withoutOurs(made.app));
    }

    /// Also without the containers that were taken over, and what a policy may set for good.
    private static JsonNode withoutOurs(JsonNode app) {
        ObjectNode copy = (ObjectNode) comparable(app, true, true);
        ((ObjectNode) copy.at("/properties/template")).remove(Grace.MEMBER);
        ((ObjectNode) copy.at("/properties/template/scale")).remove(MaxReplicas.MEMBER);
        return copy;
    }

    private static JsonNode comparable(JsonNode app, boolean otherTools, boolean ours) {
        ObjectNode copy = app.deepCopy();
        ObjectNode template = (ObjectNode) copy.at("/properties/template");
        template.remove("revisionSuffix");
        for (String list : List.of("initContainers", "containers")) {
            var kept = template.arrayNode();
            template.path(list).forEach(each -> {
                String name = each.path("name").asText();
                if (!(ours && name.startsWith("jellykeep-")) && !(otherTools && name.startsWith("tool-"))) {
                    kept.add(each);
                }
            });
            template.set(list, kept);
        }
        if (template.path(Grace.MEMBER).isNull()) {
            template.remove(Grace.MEMBER);
        }
        if (template.path("scale").path(MaxReplicas.MEMBER).isNull()) {
            ((ObjectNode) template.path("scale")).remove(MaxReplicas.MEMBER);
        }
        return copy;
    }
}
