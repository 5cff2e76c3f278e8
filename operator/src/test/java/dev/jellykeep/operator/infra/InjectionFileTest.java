package dev.jellykeep.operator.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InjectionFileTest {
    private static final Path FILE = Path.of("../infra/modules/injection.bicep");

    /// Else the operator would roll every app that `azd up` has made.
    @Test
    void theTemplatesContainersAreThoseOfTheOperator() throws IOException {
        String made = Injection.text();
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.writeString(FILE, made);
        }
        assertThat(Files.readString(FILE))
                .as(FILE + " differs from the operator's plan code: run tools/update-docs")
                .isEqualTo(made);
    }
}
