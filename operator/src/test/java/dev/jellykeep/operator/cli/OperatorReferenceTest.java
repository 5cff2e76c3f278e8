package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `docs/reference/operator-cli.md` says what the program does: it is made from the program.
class OperatorReferenceTest {
    private static final Path FILE = Path.of("../docs/reference/operator-cli.md");
    private static final List<String> COMMANDS = List.of("run", "plan", "apply", "status", "render", "doctor");

    @Test
    void theCommittedReferenceIsTheProgramsOwn() throws IOException {
        String made = print();
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.writeString(FILE, made);
        }
        assertThat(FILE).exists();
        assertThat(Files.readString(FILE))
                .as("docs/reference/operator-cli.md differs from the program: run tools/update-docs")
                .isEqualTo(made);
    }

    @Test
    void everyVariableThatTheProgramReadsIsExplained() throws IOException {
        assertThat(Files.readString(Path.of("../docs/operator.md")))
                .contains(
                        OperatorOptions.AGENT_IMAGE,
                        OperatorOptions.LEASE_NAMESPACE,
                        OperatorOptions.MAX_ROLLOUTS,
                        OperatorOptions.MANAGEMENT_PORT);
    }

    private static String print() {
        StringBuilder text = new StringBuilder("""
                # The operator's command line

                This page is made from the program by `tools/update-docs`; a test compares the two. What the commands are for:
                [operator.md](../operator.md#without-a-cluster). The agent's: [cli.md](../cli.md).

                """);
        help(text, "jellykeep-operator");
        for (String command : COMMANDS) {
            help(text, "jellykeep-operator " + command, command);
        }
        return text.toString();
    }

    private static void help(StringBuilder text, String title, String... words) {
        String help = CommandHelp.of(words).stripTrailing();
        text.append("## `%s`%n%n```text%n%s%n```%n%n".formatted(title, help.replaceAll("(?m) +$", "")));
        text.setLength(text.length() - (title.endsWith("doctor") ? 1 : 0));
    }
}
