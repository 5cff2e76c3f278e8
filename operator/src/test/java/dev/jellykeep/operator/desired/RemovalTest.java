package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/// The grace period, which we change and have to give back, and what else a removal leaves alone.
class RemovalTest {
    private static JsonNode body(JsonNode app) {
        return ((Plan.Patch) Removal.plan(Cases.FAMILY, app)).body().at("/properties/template");
    }

    @Test
    void a_grace_period_that_was_not_there_is_taken_out_again() {
        JsonNode template = body(Cases.injected());
        assertThat(template.has(Grace.MEMBER)).isTrue();
        assertThat(template.path(Grace.MEMBER).isNull()).isTrue();
        assertThat(template.path("initContainers").isArray()).isTrue();
        assertThat(template.path("initContainers")).isEmpty();
    }

    @Test
    void a_grace_period_that_somebody_has_set_after_us_stays() {
        ObjectNode app = Cases.injected();
        Cases.template(app).put(Grace.MEMBER, 300);
        assertThat(body(app).has(Grace.MEMBER)).isFalse();
    }

    @Test
    void a_grace_period_that_somebody_has_set_after_us_is_what_is_given_back_later() {
        ObjectNode app = Cases.injected();
        Cases.template(app).put(Grace.MEMBER, 300);
        JsonNode again = Arm.patch(app, Cases.patch(Cases.input(app)).body(), false);
        assertThat(Cases.template(again).path(Grace.MEMBER).asInt()).isEqualTo(300);
        assertThat(body(again).path(Grace.MEMBER).asInt()).isEqualTo(300);
    }

    @Test
    void a_change_of_the_policy_does_not_forget_the_former_grace_period() {
        ObjectNode original = (ObjectNode) Cases.app();
        Cases.template(original).put(Grace.MEMBER, 45);
        JsonNode app = Arm.patch(original, Cases.patch(Cases.input(original)).body(), false);
        ObjectNode spec = (ObjectNode) Cases.spec();
        spec.put("interval", "4h");
        app = Arm.patch(app, Cases.patch(Cases.input(app, spec)).body(), false);
        assertThat(body(app).path(Grace.MEMBER).asInt()).isEqualTo(45);
    }

    private static ObjectNode enforced(JsonNode maxReplicas) {
        ObjectNode app = (ObjectNode) Cases.app();
        ((ObjectNode) Cases.template(app).path("scale")).set("maxReplicas", maxReplicas);
        return (ObjectNode)
                Arm.patch(app, Cases.patch(Cases.input(app, enforce())).body(), false);
    }

    private static JsonNode enforce() {
        return ((ObjectNode) Cases.spec()).put("scale", "Enforce");
    }

    @Test
    void an_app_that_may_run_ten_replicas_may_again_once_its_policy_is_gone() {
        ObjectNode app = enforced(Members.JSON.numberNode(10));
        assertThat(Cases.template(app).at("/scale/maxReplicas").asInt()).isEqualTo(1);
        assertThat(body(app).at("/scale/maxReplicas").asInt()).isEqualTo(10);
        assertThat(body(enforced(Members.JSON.nullNode()))
                        .at("/scale/maxReplicas")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_number_of_replicas_that_somebody_has_set_after_us_stays() {
        ObjectNode app = enforced(Members.JSON.numberNode(10));
        ((ObjectNode) Cases.template(app).path("scale")).put("maxReplicas", 3);
        assertThat(body(app).has("scale")).isFalse();
    }

    @Test
    void a_number_of_replicas_that_was_never_ours_is_not_sent() {
        assertThat(body(Cases.injected()).has("scale")).isFalse();
        assertThat(body(enforced(Members.JSON.numberNode(1))).has("scale")).isFalse();
    }

    @Test
    void a_policy_that_enforces_no_longer_does_not_forget_the_former_number_of_replicas() {
        JsonNode app = enforced(Members.JSON.numberNode(10));
        ObjectNode check = (ObjectNode) Cases.spec();
        check.put("interval", "4h");
        app = Arm.patch(app, Cases.patch(Cases.input(app, check)).body(), false);
        assertThat(Planner.plan(Cases.input(app, check))).isInstanceOf(Plan.UpToDate.class);
        assertThat(body(app).at("/scale/maxReplicas").asInt()).isEqualTo(10);
    }

    @Test
    void the_injection_of_another_policy_is_not_removed() {
        assertThat(Removal.plan(new PolicyName("media", "other"), Cases.injected()))
                .isInstanceOf(Plan.UpToDate.class);
    }

    @Test
    void half_an_injection_is_removed_too() {
        ObjectNode app = Cases.injected();
        Cases.template(app).putNull("initContainers");
        assertThat(body(app).path("containers")).hasSize(1);
    }
}
