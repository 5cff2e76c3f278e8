package dev.jellykeep.scenarios.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jellykeep.sandbox.replicas.Mappings;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoMappingsTest {
    @Test
    void nothing_is_mapped_unasked() {
        assertThat(DemoOptions.parse(List.of("--keep")).mappings()).isEqualTo(Mappings.NONE);
    }

    @Test
    void every_story_with_replicas_takes_both_flags() {
        var flags = List.of("--path-mapping", "--port-mapping", "--keep");
        assertThat(DemoOptions.parse(flags).mappings()).isEqualTo(Mappings.ALL);
        var chaos = DemoOptions.parse(List.of("--chaos", "2", "--port-mapping", "--seed", "7"));
        assertThat(chaos.mappings()).isEqualTo(new Mappings(false, true));
        assertThat(chaos.seed()).hasValue(7);
    }

    @Test
    void the_story_without_replicas_says_that_they_mean_nothing_to_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse(List.of("--agent", "--path-mapping")))
                .withMessage("--path-mapping and --port-mapping mean nothing to --agent, which runs no replicas: take"
                        + " them out.");
    }
}
