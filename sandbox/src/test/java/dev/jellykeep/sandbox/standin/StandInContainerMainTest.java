package dev.jellykeep.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StandInContainerMainTest {
    @Test
    void what_a_template_says_wins_over_what_the_image_says() {
        var flags = StandInContainerMain.flags(Map.of(
                "STANDIN_DEFAULTS", "--bind loopback --port 20001",
                "JELLYFIN_DATA_DIR", "/real/db",
                "STANDIN_OPTIONS", " --port 9000  --users 2 "));
        assertThat(String.join(" ", flags))
                .isEqualTo("--bind all --bind loopback --port 20001 --data-dir /real/db --port 9000 --users 2");
        assertThat(StandInContainerMain.flags(Map.of())).containsExactly("--bind", "all");
    }
}
