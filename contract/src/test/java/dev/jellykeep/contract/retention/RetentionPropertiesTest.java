package dev.jellykeep.contract.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.Seeds;
import dev.jellykeep.contract.archive.ArchiveKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetentionPropertiesTest {
    private record Case(List<Candidate> history, RetentionRules rules, Instant now, Protected names) {
        static Case of(long seed) {
            RandomGenerator random = Seeds.random(seed);
            List<Candidate> history = anyHistory(random);
            return new Case(
                    history, anyRules(random), newest(history).plus(Duration.ofMinutes(1)), anyNames(history, random));
        }

        List<Verdict> decide() {
            return Retention.decide(history, rules, now, names);
        }

        Case with(RetentionRules other) {
            return new Case(history, other, now, names);
        }

        Case at(Instant other) {
            return new Case(history, rules, other, names);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void judgesEachArchiveOnceInOrderAndSaysWhy(long seed) {
        Case c = Case.of(seed);
        List<Verdict> verdicts = c.decide();
        assertThat(verdicts).extracting(Verdict::candidate).containsExactlyElementsOf(c.history);
        assertThat(verdicts)
                .allSatisfy(v ->
                        assertThat(v.keep()).isEqualTo(v.reasons().stream().noneMatch(r -> r.rule() == Rule.NONE)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void neverDropsWhatIsProtectedOrNotUnderstood(long seed) {
        Case c = Case.of(seed);
        Set<String> untouchable = new HashSet<>(c.names.inUse());
        untouchable.addAll(c.names.rollout());
        untouchable.add(String.valueOf(c.names.head()));
        untouchable.add(String.valueOf(c.names.lastProvenAncestor()));
        c.history.stream().filter(h -> !isGood(h)).forEach(h -> untouchable.add(h.name()));

        untouchable.retainAll(names(c.decide(), false));

        assertThat(untouchable).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void neverGoesBelowTheMinimum(long seed) {
        Case c = Case.of(seed);
        long good = c.history.stream().filter(RetentionPropertiesTest::isGood).count();
        long kept = c.decide().stream()
                .filter(v -> v.keep() && isGood(v.candidate()))
                .count();
        assertThat(kept).isGreaterThanOrEqualTo(Math.min(good, c.rules.minimum()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void raisingAnyCountNeverDropsMore(long seed) {
        Case c = Case.of(seed);
        Set<String> dropped = names(c.decide(), false);
        for (RetentionRules more : raised(c.rules)) {
            assertThat(dropped).as("%s", more).containsAll(names(c.with(more).decide(), false));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void theOrderOfTheHistoryIsIrrelevant(long seed) {
        Case c = Case.of(seed);
        List<Candidate> shuffled = new ArrayList<>(c.history);
        Collections.shuffle(shuffled, new Random(seed));
        Case other = new Case(shuffled, c.rules, c.now, c.names);
        assertThat(other.decide()).containsExactlyInAnyOrderElementsOf(c.decide());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void aClockThatJumpsDeletesNothing(long seed) {
        Case c = Case.of(seed);
        RandomGenerator random = Seeds.random(~seed);
        Instant back = newest(c.history).minusSeconds(random.nextLong(1, 1L << 32));
        Instant ahead = c.now.plusSeconds(random.nextLong(1L << 34));
        assertThat(c.at(back).decide()).allMatch(Verdict::keep);
        assertThat(c.at(ahead).decide()).isEqualTo(c.decide());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void pruningAgainDropsNothingMore(long seed) {
        Case c = Case.of(seed);
        List<Candidate> left = c.decide().stream()
                .filter(Verdict::keep)
                .map(Verdict::candidate)
                .toList();
        assertThat(new Case(left, c.rules, c.now, c.names).decide()).allMatch(Verdict::keep);
    }

    private static List<RetentionRules> raised(RetentionRules r) {
        Duration within = r.within();
        Duration longer = within == null ? Duration.ofDays(3) : within.plusDays(3);
        return List.of(
                new RetentionRules(
                        r.last() + 1, r.hourly(), r.daily(), r.weekly(), r.monthly(), r.yearly(), within, r.minimum()),
                new RetentionRules(
                        r.last(), r.hourly() + 1, r.daily(), r.weekly(), r.monthly(), r.yearly(), within, r.minimum()),
                new RetentionRules(
                        r.last(), r.hourly(), r.daily() + 1, r.weekly(), r.monthly(), r.yearly(), within, r.minimum()),
                new RetentionRules(
                        r.last(), r.hourly(), r.daily(), r.weekly() + 1, r.monthly(), r.yearly(), within, r.minimum()),
                new RetentionRules(
                        r.last(), r.hourly(), r.daily(), r.weekly(), r.monthly() + 1, r.yearly(), within, r.minimum()),
                new RetentionRules(
                        r.last(), r.hourly(), r.daily(), r.weekly(), r.monthly(), r.yearly() + 1, within, r.minimum()),
                new RetentionRules(
                        r.last(), r.hourly(), r.daily(), r.weekly(), r.monthly(), r.yearly(), longer, r.minimum()),
                new RetentionRules(
                        r.last(), r.hourly(), r.daily(), r.weekly(), r.monthly(), r.yearly(), within, r.minimum() + 1));
    }

    private static Set<String> names(List<Verdict> verdicts, boolean keep) {
        Set<String> names = new HashSet<>();
        verdicts.stream()
                .filter(v -> v.keep() == keep)
                .forEach(v -> names.add(v.candidate().name()));
        return names;
    }

    private static boolean isGood(Candidate candidate) {
        return candidate.understood() && candidate.taken() != null;
    }

    private static Instant newest(List<Candidate> history) {
        Instant newest = Instant.EPOCH;
        for (Candidate c : history) {
            Instant taken = c.taken();
            newest = taken != null && c.understood() && taken.isAfter(newest) ? taken : newest;
        }
        return newest;
    }

    /// Gaps from seconds to months, so that every kind of period is sometimes full, sometimes empty.
    private static List<Candidate> anyHistory(RandomGenerator random) {
        List<Candidate> history = new ArrayList<>();
        Instant taken = Instant.parse("2024-11-30T22:00:00Z");
        int migration = 0;
        int count = random.nextInt(1, 60);
        for (int i = 0; i < count; i++) {
            taken = taken.plusSeconds(random.nextLong(1, 1L << random.nextInt(1, 23)));
            migration += random.nextInt(10) == 0 ? 1 : 0;
            history.add(new Candidate(
                    "backup-" + i,
                    i > 0 && random.nextInt(20) == 0 ? null : taken,
                    Seeds.oneOf(random, List.of(ArchiveKind.values())),
                    random.nextInt(5) == 0 ? null : "m" + migration,
                    i == 0 || random.nextInt(20) != 0));
        }
        return List.copyOf(history);
    }

    private static RetentionRules anyRules(RandomGenerator random) {
        return new RetentionRules(
                random.nextInt(4),
                random.nextInt(4),
                random.nextInt(4),
                random.nextInt(4),
                random.nextInt(4),
                random.nextInt(3),
                random.nextBoolean() ? null : Duration.ofSeconds(random.nextLong(1L << random.nextInt(1, 24))),
                random.nextInt(1, 5));
    }

    private static Protected anyNames(List<Candidate> history, RandomGenerator random) {
        return new Protected(
                history.getLast().name(),
                random.nextBoolean() ? null : Seeds.oneOf(random, history).name(),
                Set.of(Seeds.oneOf(random, history).name()),
                random.nextBoolean()
                        ? Set.of()
                        : Set.of(Seeds.oneOf(random, history).name()));
    }
}
