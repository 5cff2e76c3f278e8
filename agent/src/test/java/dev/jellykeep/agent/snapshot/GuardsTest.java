package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.Reason;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GuardsTest {
    private static final DatabaseFacts.Check OK = new DatabaseFacts.Check.Ok();
    private static final DatabaseFacts GOOD = new DatabaseFacts(100, 2L, 1L, "m", OK);
    private static final DatabaseFacts BAD =
            new DatabaseFacts(-1, null, null, null, new DatabaseFacts.Check.Damaged("torn"));
    private static final SystemXml.Wizard DONE = SystemXml.Wizard.COMPLETED;
    private static final String SHRUNK =
            "the snapshot has 49 B, 95 % less than the archive before it (1000 B); allowed are 50 %";

    @Test
    void theFirstReasonInOrderIsNamed() {
        assertThat(reason(BAD, null, SystemXml.Wizard.NO_FILE, 1, 1000L)).isEqualTo(Reason.INTEGRITY);
        assertThat(reason(GOOD, BAD, SystemXml.Wizard.NO_FILE, 1, 1000L)).isEqualTo(Reason.INTEGRITY);
        assertThat(reason(null, null, SystemXml.Wizard.NO_FILE, 1, 1000L)).isEqualTo(Reason.NO_USER);
        assertThat(reason(users(0L, 0L), null, SystemXml.Wizard.NO_FILE, 1, 1000L))
                .isEqualTo(Reason.NO_USER);
        assertThat(reason(users(null, null), null, DONE, 1, 1000L)).isEqualTo(Reason.NO_USER);
        assertThat(reason(users(3L, 0L), null, DONE, 1, 1000L)).isEqualTo(Reason.NO_USER);
        for (SystemXml.Wizard wizard : SystemXml.Wizard.values()) {
            assertThat(reason(GOOD, null, wizard, 1, 1000L))
                    .isEqualTo(wizard == DONE ? Reason.MIN_SIZE : Reason.WIZARD);
        }
        assertThat(reason(GOOD, null, DONE, 499, 1000L)).isEqualTo(Reason.SHRINK);
        assertThat(reason(GOOD, null, DONE, 500, 1000L)).isNull();
    }

    @Test
    void withoutATipShrinkingIsNotJudged() {
        assertThat(reason(GOOD, null, DONE, 60, null)).isNull();
        assertThat(reason(GOOD, null, DONE, 60, 0L)).isNull();
        assertThat(reason(GOOD, null, DONE, 60, 1L << 40)).isEqualTo(Reason.SHRINK);
        assertThat(Guards.judge(evidence(GOOD, null, DONE, 0, 0L), Set.of(Reason.MIN_SIZE)))
                .as("nothing is not less than nothing")
                .isInstanceOf(Guards.Verdict.Passed.class);
    }

    @Test
    void whatCannotBeCheckedIsNotCalledDamaged() {
        DatabaseFacts odd =
                new DatabaseFacts(9, 2L, 1L, null, new DatabaseFacts.Check.NotCheckable("no such collation"));
        assertThat(reason(odd, null, DONE, 500, null)).isNull();
        assertThat(reason(GOOD, odd, DONE, 500, null)).isNull();
    }

    @Test
    void onlySizesCanBeOverruled() {
        Set<Reason> all = Set.of(Reason.values());
        assertThat(Guards.judge(evidence(GOOD, null, DONE, 1, 1000L), all)).isInstanceOf(Guards.Verdict.Passed.class);
        assertThat(Guards.judge(evidence(BAD, null, DONE, 1, 1000L), all)).isInstanceOf(Guards.Verdict.Refused.class);
        assertThat(Guards.judge(evidence(users(0L, 0L), null, DONE, 1, 1000L), all))
                .isInstanceOf(Guards.Verdict.Refused.class);
        assertThat(Guards.judge(evidence(GOOD, null, SystemXml.Wizard.NO_FILE, 1, 1000L), all))
                .isInstanceOf(Guards.Verdict.Refused.class);
    }

    @Test
    void overrulingOneSizeDoesNotOverruleTheOther() {
        Guards.Evidence small = evidence(GOOD, null, DONE, 49, 1000L);
        assertThat(Guards.judge(small, Set.of(Reason.MIN_SIZE))).isEqualTo(refused(Reason.SHRINK, SHRUNK));
        assertThat(Guards.judge(small, Set.of(Reason.SHRINK)))
                .isEqualTo(refused(Reason.MIN_SIZE, "the snapshot has 49 B, less than the minimum of 50 B"));
        assertThat(reason(GOOD, null, DONE, 50, null)).as("exactly the minimum").isNull();
    }

    /// Who is to overrule it decides by the sentence.
    @Test
    void aRefusalSaysWhatIsWrongWithWhichFigures() {
        assertThat(Guards.judge(evidence(GOOD, BAD, DONE, 1, null), Set.of()))
                .isEqualTo(refused(Reason.INTEGRITY, "a main database is damaged: torn"));
        assertThat(Guards.judge(evidence(null, null, DONE, 1, null), Set.of()))
                .isEqualTo(refused(Reason.NO_USER, "there is no main database yet"));
        assertThat(Guards.judge(evidence(users(3L, 0L), null, DONE, 1, null), Set.of()))
                .isEqualTo(refused(Reason.NO_USER, "the main database holds 3 users and 0 administrators"));
        Map.of(
                        SystemXml.Wizard.NO_FILE, "config/system.xml is missing",
                        SystemXml.Wizard.UNREADABLE, "config/system.xml is not valid XML",
                        SystemXml.Wizard.NOT_COMPLETED, "config/system.xml says that the setup wizard is not completed")
                .forEach((wizard, sentence) -> assertThat(Guards.judge(evidence(GOOD, null, wizard, 1, null), Set.of()))
                        .isEqualTo(refused(Reason.WIZARD, sentence)));
    }

    private static Guards.Verdict refused(Reason reason, String sentence) {
        return new Guards.Verdict.Refused(reason, sentence);
    }

    private static DatabaseFacts users(@Nullable Long users, @Nullable Long administrators) {
        return new DatabaseFacts(100, users, administrators, null, OK);
    }

    private static @Nullable Reason reason(
            @Nullable DatabaseFacts main,
            @Nullable DatabaseFacts library,
            SystemXml.Wizard wizard,
            long bytes,
            @Nullable Long tip) {
        return Guards.judge(evidence(main, library, wizard, bytes, tip), Set.of())
                        instanceof Guards.Verdict.Refused(Reason reason, String _)
                ? reason
                : null;
    }

    private static Guards.Evidence evidence(
            @Nullable DatabaseFacts main,
            @Nullable DatabaseFacts library,
            SystemXml.Wizard wizard,
            long bytes,
            @Nullable Long tip) {
        return new Guards.Evidence(main, library, wizard, bytes, 50, 50, tip);
    }
}
