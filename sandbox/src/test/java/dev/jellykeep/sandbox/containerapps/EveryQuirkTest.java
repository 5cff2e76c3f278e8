package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryQuirkTest {
    @Test
    void a_quirk_that_no_test_shows_may_have_stopped_working() {
        var shown = Stream.of(
                        ShownQuirksTest.class,
                        WriteQuirksTest.class,
                        RevisionQuirksTest.class,
                        IdentityQuirksTest.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .map((Method method) -> method.getAnnotation(Shows.class))
                .filter(Objects::nonNull)
                .map(Shows::value)
                .toList();
        assertThat(shown).containsExactlyInAnyOrder(Quirk.values());
    }
}
