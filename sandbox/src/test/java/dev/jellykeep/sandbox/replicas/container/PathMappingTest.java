package dev.jellykeep.sandbox.replicas.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathMappingTest {
    private final PathMapping mapping = new PathMapping(Map.of(
            Path.of("/config"), Path.of("/real/db"),
            Path.of("/tmp"), Path.of("/real/layer/tmp"),
            Path.of("/tmp/repository"), Path.of("/tmp/repository")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/config | /real/db",
                "/config/ | /real/db/",
                "/config/data/library.db | /real/db/data/library.db",
                "--data-dir=/config/data --log /config/log | --data-dir=/real/db/data --log /real/db/log",
                "cat /config/a>/tmp/b; ls \"/config\" | cat /real/db/a>/real/layer/tmp/b; ls \"/real/db\"",
                "/config:/tmp/x,/config | /real/db:/real/layer/tmp/x,/real/db",
                "file:///config/a | file:///real/db/a",
            })
    void a_path_of_the_container_becomes_the_real_one_wherever_it_stands_in_a_text(String text, String real) {
        assertThat(mapping.text(text)).isEqualTo(real);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/configuration/x",
                "/config.xml",
                "/config-old",
                "/etc/config",
                "relative/config",
                "https://host/config/x",
                "http://127.0.0.1:8096/config",
                "$HOME/tmp",
                "/",
                "",
            })
    void what_only_looks_like_it_is_left_alone(String text) {
        assertThat(mapping.text(text)).isEqualTo(text);
    }

    @Test
    void the_innermost_folder_decides_so_that_what_a_program_is_made_of_keeps_its_place() {
        assertThat(mapping.text("/tmp/repository/jellykeep /tmp/other"))
                .isEqualTo("/tmp/repository/jellykeep /real/layer/tmp/other");
        assertThat(mapping.path(Path.of("/tmp/repository/a"))).isEqualTo(Path.of("/tmp/repository/a"));
        assertThat(mapping.path(Path.of("/usr/bin"))).isEqualTo(Path.of("/usr/bin"));
    }

    @Test
    void values_of_variables_are_mapped_and_their_names_are_not() {
        assertThat(mapping.environment(Map.of("/config", "/config", "JELLYFIN_DATA_DIR", "/config/data")))
                .containsEntry("/config", "/real/db")
                .containsEntry("JELLYFIN_DATA_DIR", "/real/db/data");
    }

    @Test
    void without_folders_nothing_is_mapped() {
        assertThat(new PathMapping(Map.of()).text("/config")).isEqualTo("/config");
    }
}
