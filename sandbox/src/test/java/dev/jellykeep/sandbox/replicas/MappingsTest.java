package dev.jellykeep.sandbox.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MappingsTest {
    @Test
    void nothing_is_mapped_unasked() {
        var arguments = new ArrayList<>(List.of("--keep"));
        assertThat(Mappings.take(arguments)).isEqualTo(Mappings.NONE);
        assertThat(Mappings.NONE.sentence()).isEmpty();
        assertThat(arguments).containsExactly("--keep");
    }

    @Test
    void each_flag_stands_for_itself_and_is_taken_out_of_the_command_line() {
        var arguments = new ArrayList<>(List.of("--port-mapping", "--keep"));
        assertThat(Mappings.take(arguments)).isEqualTo(new Mappings(false, true));
        assertThat(arguments).containsExactly("--keep");
        assertThat(Mappings.take(new ArrayList<>(List.of("--path-mapping", "--port-mapping"))))
                .isEqualTo(Mappings.ALL);
    }

    @Test
    void whoever_looks_on_is_told_what_replicas_do_without() {
        assertThat(Mappings.ALL.sentence())
                .hasValue("As asked, replicas have no mounts (--path-mapping) and no networks (--port-mapping)"
                        + " of their own.");
        assertThat(new Mappings(false, true).sentence())
                .hasValue("As asked, replicas have no networks (--port-mapping) of their own.");
    }
}
