package dev.jellykeep.operator.cli;

import dev.jellykeep.sandbox.azurite.Azurite;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// Tests of what is typed at a {@link Prompt}: a new one for each, one Azurite for a class.
abstract class AtPrompt {
    private static Azurite azurite;
    Prompt prompt;

    @BeforeAll
    static void blob() throws IOException {
        azurite = Azurite.startOrExplain()
                .orElseGet(() -> Assumptions.abort("Azurite can't run here, see standard error"));
    }

    @AfterAll
    static void noBlob() {
        azurite.close();
    }

    @BeforeEach
    void begin() throws IOException {
        prompt = new Prompt(azurite);
    }

    @AfterEach
    void end() {
        prompt.close();
    }
}
