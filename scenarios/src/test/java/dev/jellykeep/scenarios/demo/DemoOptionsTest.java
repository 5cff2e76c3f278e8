package dev.jellykeep.scenarios.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {
    @Test
    void nobody_gets_a_mock_who_did_not_ask_for_one() {
        assertThat(DemoOptions.parse(List.of()).mockKubernetes()).isFalse();
        assertThat(DemoOptions.parse(List.of("--original")).mockKubernetes()).isFalse();
    }

    @Test
    void all_stories_that_need_kubernetes_take_the_mock() {
        assertThat(DemoOptions.parse(List.of("--mock-kubernetes")).mockKubernetes())
                .isTrue();
        var rollouts = DemoOptions.parse(List.of("--rollouts", "--mock-kubernetes"));
        assertThat(rollouts.mockKubernetes()).isTrue();
        assertThat(rollouts.tale()).isEqualTo(DemoOptions.Kind.ROLLOUTS);
        var original = DemoOptions.parse(List.of("--mock-kubernetes", "--original"));
        assertThat(original.mockKubernetes()).isTrue();
        assertThat(original.tale()).isEqualTo(DemoOptions.Kind.ORIGINAL);
    }

    @Test
    void lives_always_have_the_mock() {
        assertThat(DemoOptions.parse(List.of("--chaos", "2")).mockKubernetes()).isTrue();
    }

    @Test
    void there_are_never_more_lanes_than_lives_and_as_few_as_somebody_asks_for() {
        assertThat(DemoOptions.parse(List.of("--chaos", "1")).lanes()).isEqualTo(1);
        assertThat(DemoOptions.parse(List.of("--chaos", "300")).lanes()).isBetween(2, 300);
        assertThat(DemoOptions.parse(List.of("--chaos", "300", "--lanes", "3")).lanes())
                .isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(List.of("--lanes", "3")))
                .withMessageContaining("--chaos");
    }

    @Test
    void stories_that_have_no_choice_say_that_the_flag_means_nothing_to_them() {
        for (var story : List.of(List.of("--agent"), List.of("--chaos", "2"))) {
            var all = new java.util.ArrayList<>(story);
            all.add("--mock-kubernetes");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DemoOptions.parse(all))
                    .withMessageContaining("--mock-kubernetes")
                    .withMessageContaining("take it out");
        }
    }
}
