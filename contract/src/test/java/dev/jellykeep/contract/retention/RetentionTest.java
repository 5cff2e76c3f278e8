package dev.jellykeep.contract.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.ArchiveName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final Protected NOTHING = new Protected(null, null, Set.of(), Set.of());
    private static final RetentionRules NONE = rules(0, 0, 0, 0, 0, 0, null, 1);

    @Test
    void saysWhyForEachArchive() {
        List<Verdict> verdicts = decide(
                rules(1, 0, 2, 0, 0, 0, null, 1),
                at("2026-03-13T08:00:00Z"),
                at("2026-03-14T07:00:00Z"),
                at("2026-03-14T23:59:59Z"),
                at("2026-03-15T00:00:00Z"));

        assertThat(verdicts).extracting(Verdict::keep).containsExactly(false, false, true, true);
        assertThat(verdicts.get(0).reasons()).containsExactly(new Reason(Rule.NONE, "no rule keeps it"));
        assertThat(verdicts.get(2).reasons())
                .containsExactly(new Reason(Rule.DAILY, "newest of day 2026-03-14 (2 of 2)"));
        assertThat(verdicts.get(3).reasons())
                .extracting(Reason::text)
                .containsExactly(
                        "one of the newest 1, the minimum",
                        "one of the last (1 of 1)",
                        "newest of day 2026-03-15 (1 of 2)");
    }

    @Test
    void keepsTheNewestOfEachHourUtc() {
        assertKept(
                rules(0, 2, 0, 0, 0, 0, null, 1),
                List.of("2026-03-15T09:59:59Z", "2026-03-15T11:59:59Z"),
                "2026-03-15T08:00:00Z",
                "2026-03-15T09:00:00Z",
                "2026-03-15T09:59:59Z",
                "2026-03-15T11:00:00Z",
                "2026-03-15T11:59:59Z");
    }

    @Test
    void keepsTheNewestOfEachIsoWeekAcrossTheYearsEnd() {
        // Monday 2025-12-29 to Sunday 2026-01-04 is week 1 of 2026.
        assertKept(
                rules(0, 0, 0, 3, 0, 0, null, 1),
                List.of("2025-12-28T23:00:00Z", "2026-01-04T23:00:00Z", "2026-01-05T00:00:00Z"),
                "2025-12-21T23:00:00Z",
                "2025-12-28T23:00:00Z",
                "2025-12-29T00:00:00Z",
                "2025-12-31T00:00:00Z",
                "2026-01-04T23:00:00Z",
                "2026-01-05T00:00:00Z");
    }

    @Test
    void namesPeriodsAsPeopleDo() {
        List<Verdict> verdicts = decide(rules(0, 1, 1, 1, 1, 1, null, 1), at("2026-01-01T09:05:06Z"));
        assertThat(verdicts.getFirst().reasons())
                .extracting(Reason::text)
                .contains(
                        "newest of hour 2026-01-01 09h (1 of 1)",
                        "newest of day 2026-01-01 (1 of 1)",
                        "newest of week 2026-W01 (1 of 1)",
                        "newest of month 2026-01 (1 of 1)",
                        "newest of year 2026 (1 of 1)");
    }

    @Test
    void keepsTheNewestOfEachMonthAndYear() {
        assertKept(
                rules(0, 0, 0, 0, 2, 3, null, 1),
                List.of("2024-12-31T23:59:59Z", "2025-12-30T00:00:00Z", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"),
                "2023-01-01T00:00:00Z",
                "2024-01-01T00:00:00Z",
                "2024-12-31T23:59:59Z",
                "2025-11-30T00:00:00Z",
                "2025-12-30T00:00:00Z",
                "2026-02-01T00:00:00Z",
                "2026-02-28T00:00:00Z",
                "2026-03-01T00:00:00Z");
    }

    @Test
    void countsPeriodsThatHaveArchivesAndNotEmptyOnes() {
        assertKept(
                rules(0, 0, 2, 0, 0, 0, null, 1),
                List.of("2025-06-01T00:00:00Z", "2026-03-15T00:00:00Z"),
                "2025-05-01T00:00:00Z",
                "2025-06-01T00:00:00Z",
                "2026-03-15T00:00:00Z");
    }

    @Test
    void neverGoesBelowTheMinimum() {
        assertKept(
                rules(0, 0, 0, 0, 0, 0, null, 3),
                List.of("2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", "2026-03-14T00:00:00Z"),
                "2026-03-11T00:00:00Z",
                "2026-03-12T00:00:00Z",
                "2026-03-13T00:00:00Z",
                "2026-03-14T00:00:00Z");
    }

    @Test
    void doesNotCountAnArchiveThatItCantReadTowardsTheMinimum() {
        Candidate strange = new Candidate("strange", null, null, null, false);
        List<Verdict> verdicts = Retention.decide(
                List.of(at("2026-03-13T00:00:00Z"), at("2026-03-14T00:00:00Z"), strange),
                rules(0, 0, 0, 0, 0, 0, null, 2),
                NOW,
                NOTHING);
        assertThat(verdicts).allMatch(Verdict::keep);
        assertThat(rulesOf(verdicts.getLast())).containsExactly(Rule.NOT_UNDERSTOOD);
    }

    @Test
    void keepsWhatItDoesNotUnderstand() {
        Candidate newer = new Candidate("a", Instant.parse("2020-01-01T00:00:00Z"), null, null, false);
        Candidate undated = new Candidate("b", null, ArchiveKind.SCHEDULED, "m", true);
        Candidate twice = at("2020-01-02T00:00:00Z");
        List<Verdict> verdicts =
                Retention.decide(List.of(newer, undated, twice, twice, at("2026-03-15T00:00:00Z")), NONE, NOW, NOTHING);
        assertThat(verdicts.subList(0, 4))
                .allSatisfy(v -> assertThat(rulesOf(v)).containsExactly(Rule.NOT_UNDERSTOOD));
    }

    @Test
    void keepsWhateverIsNamed() {
        List<Candidate> history = days(20);
        Protected names = new Protected(
                history.get(0).name(),
                history.get(1).name(),
                Set.of(history.get(2).name()),
                Set.of(history.get(3).name(), "no such archive"));
        List<Verdict> verdicts = Retention.decide(history, NONE, NOW, names);

        assertThat(verdicts.subList(0, 5).stream().map(RetentionTest::rulesOf))
                .containsExactly(
                        List.of(Rule.HEAD),
                        List.of(Rule.PROVEN_ANCESTOR),
                        List.of(Rule.IN_USE),
                        List.of(Rule.ROLLOUT),
                        List.of(Rule.NONE));
    }

    @Test
    void keepsPreRolloutArchivesForSevenDays() {
        List<Candidate> history = List.of(
                at("2026-03-07T23:59:59Z", ArchiveKind.PRE_ROLLOUT, null),
                at("2026-03-08T00:00:00Z", ArchiveKind.PRE_ROLLOUT, null),
                at("2026-03-09T00:00:00Z", ArchiveKind.SCHEDULED, null),
                at("2026-03-15T00:00:00Z", ArchiveKind.SCHEDULED, null));
        assertThat(Retention.decide(history, NONE, NOW, NOTHING))
                .extracting(Verdict::keep)
                .containsExactly(false, true, false, true);
    }

    @Test
    void keepsTheLastStateBeforeEachMigrationForNinetyDays() {
        List<Candidate> history = List.of(
                at("2025-12-01T00:00:00Z", ArchiveKind.SCHEDULED, "m1"),
                at("2025-12-16T00:00:00Z", ArchiveKind.SCHEDULED, "m2"),
                at("2025-12-17T00:00:00Z", ArchiveKind.SCHEDULED, "m2"),
                at("2026-03-01T00:00:00Z", ArchiveKind.SCHEDULED, "m3"),
                at("2026-03-15T00:00:00Z", ArchiveKind.SCHEDULED, "m3"));
        List<Verdict> verdicts = Retention.decide(history, NONE, NOW, NOTHING);
        assertThat(verdicts).extracting(Verdict::keep).containsExactly(false, false, true, false, true);
        assertThat(rulesOf(verdicts.get(2))).containsExactly(Rule.EARLIER_MIGRATION);
    }

    @Test
    void theNinetyDaysEndWithTheNinetieth() {
        Candidate head = at("2026-03-15T00:00:00Z", ArchiveKind.SCHEDULED, "m2");
        assertThat(decide(NONE, at("2025-12-15T00:00:00Z", ArchiveKind.SCHEDULED, "m1"), head))
                .allMatch(Verdict::keep);
        assertThat(decide(NONE, at("2025-12-14T23:59:59Z", ArchiveKind.SCHEDULED, "m1"), head))
                .extracting(Verdict::keep)
                .containsExactly(false, true);
    }

    /// Asked twice, it would drop one and then the other.
    @Test
    void ofTwoThatWereMadeAtOnceTheSameOneIsKeptInWhateverOrderTheyAreListed() {
        Instant taken = Instant.parse("2026-03-14T00:00:00Z");
        Candidate a = new Candidate("a", taken, ArchiveKind.SCHEDULED, null, true);
        Candidate b = new Candidate("b", taken, ArchiveKind.SCHEDULED, null, true);
        assertThat(decide(NONE, a, b)).extracting(Verdict::keep).containsExactly(false, true);
        assertThat(decide(NONE, b, a)).extracting(Verdict::keep).containsExactly(true, false);
    }

    @Test
    void keepsTheLastStateOfEachMigrationWhereTheNewestIsUnknown() {
        List<Candidate> history = List.of(
                at("2026-03-01T00:00:00Z", ArchiveKind.SCHEDULED, "m1"),
                at("2026-03-02T00:00:00Z", ArchiveKind.SCHEDULED, "m2"),
                at("2026-03-15T00:00:00Z", ArchiveKind.SCHEDULED, null));
        assertThat(Retention.decide(history, NONE, NOW, NOTHING)).allMatch(Verdict::keep);
    }

    @Test
    void keepsWithinCountsFromTheNewestArchive() {
        assertKept(
                rules(0, 0, 0, 0, 0, 0, Duration.ofDays(1), 1),
                List.of("2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z"),
                "2026-03-08T23:59:59Z",
                "2026-03-09T00:00:00Z",
                "2026-03-10T00:00:00Z");
    }

    @Test
    void aClockThatJumpsAheadDeletesNothing() {
        RetentionRules rules = rules(2, 0, 3, 0, 0, 0, Duration.ofDays(10), 3);
        List<Candidate> history = days(30);
        List<Verdict> before = Retention.decide(history, rules, NOW, NOTHING);
        assertThat(before).anyMatch(v -> !v.keep());
        assertThat(Retention.decide(history, rules, NOW.plus(Duration.ofDays(36_500)), NOTHING))
                .isEqualTo(before);
    }

    @Test
    void aClockThatWasSetBackDeletesNothing() {
        List<Candidate> history = days(30);
        Instant newest = NOW.minus(Duration.ofDays(1));
        assertThat(Retention.decide(history, NONE, newest.minusSeconds(1), NOTHING))
                .allSatisfy(v -> assertThat(rulesOf(v)).contains(Rule.CLOCK));
        assertThat(Retention.decide(history, NONE, newest, NOTHING)).anyMatch(v -> !v.keep());
    }

    @Test
    void anArchiveFromTheFutureDeletesNothing() {
        List<Candidate> history = new ArrayList<>(days(30));
        history.add(at("2036-01-01T00:00:00Z"));
        assertThat(Retention.decide(history, NONE, NOW, NOTHING)).allMatch(Verdict::keep);
    }

    @Test
    void isNotStoppedByATimeThatCantBe() {
        List<Candidate> history = List.of(
                new Candidate("a", Instant.parse("-0044-03-15T12:00:00Z"), null, null, true),
                new Candidate("b", Instant.parse("+12026-03-15T12:00:00Z"), null, null, true));
        assertThat(Retention.decide(history, rules(1, 1, 1, 1, 1, 1, null, 1), NOW, NOTHING))
                .allMatch(Verdict::keep);
    }

    @Test
    void hasNothingToSayAboutNothing() {
        assertThat(Retention.decide(List.of(), NONE, NOW, NOTHING)).isEmpty();
    }

    @Test
    void refusesRulesThatCouldDropEverything() {
        assertThatThrownBy(() -> rules(1, 0, 0, 0, 0, 0, null, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rules(-1, 0, 0, 0, 0, 0, null, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rules(1, 0, 0, 0, 0, 0, Duration.ofDays(-1), 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertKept(RetentionRules rules, List<String> kept, String... times) {
        List<Candidate> history = List.of(times).stream().map(RetentionTest::at).toList();
        assertThat(Retention.decide(history, rules, NOW, NOTHING).stream()
                        .filter(Verdict::keep)
                        .map(v -> String.valueOf(v.candidate().taken())))
                .containsExactlyElementsOf(kept);
    }

    private static List<Verdict> decide(RetentionRules rules, Candidate... history) {
        return Retention.decide(List.of(history), rules, NOW, NOTHING);
    }

    private static List<Rule> rulesOf(Verdict verdict) {
        return verdict.reasons().stream().map(Reason::rule).toList();
    }

    /// One archive a day, oldest first, the newest a day before NOW.
    private static List<Candidate> days(int count) {
        List<Candidate> history = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            history.add(at(NOW.minus(Duration.ofDays(i)).toString()));
        }
        return List.copyOf(history);
    }

    private static Candidate at(String time) {
        return at(time, ArchiveKind.SCHEDULED, null);
    }

    private static Candidate at(String time, ArchiveKind kind, @Nullable String migration) {
        Instant taken = Instant.parse(time);
        return new Candidate(new ArchiveName(taken).toString(), taken, kind, migration, true);
    }

    private static RetentionRules rules(
            int last, int hourly, int daily, int weekly, int monthly, int yearly, @Nullable Duration within, int min) {
        return new RetentionRules(last, hourly, daily, weekly, monthly, yearly, within, min);
    }
}
