package dev.jellykeep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// `docs/cli.md` says what the program does: it is made from the program.
class CliReferenceTest {
    private static final Path FILE = Path.of("../docs/cli.md");

    @Test
    void theCommittedReferenceIsTheProgramsOwn() throws IOException {
        String made = CliReference.print();
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, made);
        }
        assertThat(FILE).exists();
        assertThat(Files.readString(FILE))
                .as("docs/cli.md differs from the program: run tools/update-docs")
                .isEqualTo(made);
    }
}
