package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.desired.RefusalReason;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.desired.Worlds;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanChecksTest {
    /// A command, lines of YAML, or what to take out of them.
    private static final Pattern MENDS =
            Pattern.compile("\\baz [a-z]+ |\\bwrite |\\btake |\\bdelete |\\bleave |; write ", Pattern.CASE_INSENSITIVE);

    static Set<Map.Entry<String, Refused>> refused() {
        return Worlds.refused().entrySet();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void doctor_fails_once_for_each_refusal_and_says_what_mends_it(Map.Entry<String, Refused> example) {
        List<Check> failed = PlanChecks.of(example.getValue()).stream()
                .filter(each -> each.level() == Check.Level.FAIL)
                .toList();
        assertThat(failed)
                .extracting(Check::what, Check::sentence)
                .containsExactlyInAnyOrderElementsOf(example.getValue().refusals().stream()
                        .map(each -> org.assertj.core.groups.Tuple.tuple(
                                each.reason().text(), each.message()))
                        .toList());
        assertThat(failed).allMatch(each -> MENDS.matcher(each.sentence()).find());
        assertThat(failed).extracting(Check::line).allMatch(line -> line.startsWith("fail "));
    }

    @Test
    void no_reason_is_without_an_example() {
        EnumSet<RefusalReason> shown = EnumSet.noneOf(RefusalReason.class);
        Worlds.refused().values().forEach(refused -> refused.refusals().forEach(each -> shown.add(each.reason())));
        assertThat(shown).containsExactly(RefusalReason.values());
    }
}
