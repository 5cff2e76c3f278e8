package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordTest {
    @Test
    void a_command_that_people_copy_runs_nothing_that_others_wrote() throws Exception {
        for (String text : List.of(
                "media/server-1",
                "$(id)",
                "`id`",
                "a b",
                "it's",
                "'; id; '",
                "a\nb",
                "*",
                "~",
                "a&b|c>d",
                "",
                "Größe")) {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "printf %s " + ShellWord.of(text)).start();
            assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
        assertThat(ShellWord.of("media/server-1")).isEqualTo("media/server-1");
    }
}
