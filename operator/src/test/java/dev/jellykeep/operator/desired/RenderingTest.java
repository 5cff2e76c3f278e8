package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class RenderingTest {
    @Test
    void a_template_that_people_merge_the_block_into_needs_no_patch() {
        ObjectNode spec = (ObjectNode) Cases.spec();
        spec.put("scale", "Enforce");
        assertThat(Planner.render(Cases.input(Cases.app(), spec)))
                .isInstanceOfSatisfying(Rendering.Block.class, block -> {
                    JsonNode ours = Cases.wire(block.template());
                    ObjectNode app = (ObjectNode) Cases.app();
                    ObjectNode template = Cases.template(app);
                    template.set("initContainers", ours.path("initContainers"));
                    ((ArrayNode) template.path("containers")).addAll((ArrayNode) ours.path("containers"));
                    template.set(Grace.MEMBER, ours.path(Grace.MEMBER));
                    assertThat(ours.at("/scale/maxReplicas").asInt()).isEqualTo(1);
                    assertThat(Planner.plan(Cases.input(app, spec))).isInstanceOf(Plan.UpToDate.class);
                });
    }

    @Test
    void a_block_that_could_not_work_is_refused_like_a_patch() {
        ObjectNode app = (ObjectNode) Cases.app();
        Cases.template(app).putArray("volumes");
        assertThat(Planner.render(Cases.input(app))).isInstanceOf(Refused.class);
    }
}
