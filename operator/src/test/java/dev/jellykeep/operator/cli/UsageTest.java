package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that say what is wrong with them, and those for a person who asks.
class UsageTest extends AtPrompt {
    @TempDir
    Path folder;

    @Test
    void wrong_files_and_flags_end_with_one_sentence() {
        assertThat(prompt.runWith(prompt.policy("  interval: 1d\n"), "plan"))
                .isEqualTo(new Prompt.Answer(
                        ExitCode.USAGE,
                        "",
                        "jellykeep-operator plan: -: interval is no duration: write one like 15m or 4h"
                                + System.lineSeparator()));
        usage(
                "can't be read (NoSuchFileException)",
                "plan",
                "-f",
                folder.resolve("none.yaml").toString());
        usage("Missing required option: '--file=POLICY'", "plan");
        usage("did you mean --output?", "plan", "-f", "-", "--outputt", "json");
        usage("did you mean plan?", "plam");
        usage("--output xml is not known: use text|json", "plan", "-f", "-", "--output", "xml");
        usage("--show-values goes with --output json", "plan", "-f", "-", "--show-values");
        usage("--format hcl is not known", "render", "-f", "-", "--format", "hcl");
        usage("--timeout soon", "apply", "-f", "-", "--timeout", "soon");
        usage("--lineage goes with --app-file", "render", "-f", "-", "--lineage", "x");
        prompt.environment.remove(OperatorOptions.AGENT_IMAGE);
        usage("no image of the agent is named", "plan", "-f", "-");
        usage("JELLYKEEP_AGENT_IMAGE is not set", "run");
    }

    private void usage(String sentence, String... arguments) {
        var answer = prompt.type(prompt.policy(""), List.of(arguments));
        assertThat(answer.code()).as(answer.all()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(sentence).hasLineCount(1);
    }

    @Test
    void every_command_explains_itself() {
        assertThat(prompt.type("", List.of("--help")).out())
                .contains("run", "plan", "apply", "status", "render", "doctor", "Exit codes:", "nothing is sent");
        for (String command : List.of("run", "plan", "apply", "status", "render", "doctor")) {
            var help = prompt.type("", List.of(command, "--help"));
            assertThat(help.code()).isEqualTo(ExitCode.OK);
            assertThat(help.out()).contains("jellykeep-operator " + command);
        }
        assertThat(prompt.type("", List.of("--version")).out()).startsWith("jellykeep-operator ");
        assertThat(prompt.type("", List.of()).code()).isEqualTo(ExitCode.USAGE);
    }
}
