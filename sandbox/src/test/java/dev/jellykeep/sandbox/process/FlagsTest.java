package dev.jellykeep.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlagsTest {

    private static final Set<String> KNOWN = Set.of("--port", "--root");

    @Test
    void valuesAreReadByName() {
        Flags flags = Flags.parse(List.of("--port", "0", "--root", "/srv"), KNOWN);
        assertThat(flags.number("--port", 8096, 0)).isZero();
        assertThat(flags.requiredPath("--root")).hasToString("/srv");
    }

    @Test
    void aMistypedFlagIsNotIgnored() {
        assertThatThrownBy(() -> Flags.parse(List.of("--prot", "0"), KNOWN))
                .hasMessage("Unknown flag --prot: use one of [--port, --root].");
    }

    @Test
    void aFlagWithoutValueIsNotIgnored() {
        assertThatThrownBy(() -> Flags.parse(List.of("--port"), KNOWN))
                .hasMessage("The flag --port lacks its value: write --port VALUE.");
    }

    @Test
    void aNumberOutOfRangeIsRefused() {
        Flags flags = Flags.parse(List.of("--port", "-1"), KNOWN);
        assertThatThrownBy(() -> flags.number("--port", 8096, 0))
                .hasMessage("--port is -1: give a whole number, at least 0.");
    }
}
