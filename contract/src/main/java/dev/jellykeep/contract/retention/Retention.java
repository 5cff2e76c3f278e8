package dev.jellykeep.contract.retention;

import dev.jellykeep.contract.archive.ArchiveKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Decides which archives of a history stay.
///
/// All ages count from the newest archive, not from `now`: a clock that jumps ahead, or an app that slept for a year,
/// makes nothing older. A clock that stands before the newest archive contradicts it, and then everything stays.
public final class Retention {
    private static final Duration PRE_ROLLOUT_STAYS = Duration.ofDays(7);
    private static final Duration EARLIER_MIGRATION_STAYS = Duration.ofDays(90);

    private final List<Candidate> history;
    private final RetentionRules rules;
    private final Map<String, Map<Rule, Reason>> reasons = new HashMap<>();

    /// What is understood, newest first.
    private final List<Dated> dated;

    private record Dated(Candidate candidate, Instant taken) {}

    private Retention(List<Candidate> history, RetentionRules rules) {
        this.history = history;
        this.rules = rules;
        this.dated = dated(history);
    }

    /// A verdict for each archive, in the order of `history`. The order has no influence on the verdicts.
    ///
    /// @param history archives of the head's line; forks and suspects have no place in it
    /// @param now the service's clock
    public static List<Verdict> decide(
            List<Candidate> history, RetentionRules rules, Instant now, Protected protectedNames) {
        Retention retention = new Retention(history, rules);
        retention.keepNamed(protectedNames);
        retention.keepWhatIsNotUnderstood();
        retention.keepAllIfClockIsWrong(now);
        retention.keepByCount();
        retention.keepByAge();
        return history.stream().map(retention::verdict).toList();
    }

    private Verdict verdict(Candidate candidate) {
        Map<Rule, Reason> kept = reasons.getOrDefault(candidate.name(), Map.of());
        return kept.isEmpty()
                ? new Verdict(candidate, false, List.of(new Reason(Rule.NONE, "no rule keeps it")))
                : new Verdict(candidate, true, List.copyOf(kept.values()));
    }

    private void keepNamed(Protected names) {
        for (Candidate c : history) {
            if (c.name().equals(names.head())) {
                keep(c, Rule.HEAD, "the head");
            }
            if (c.name().equals(names.lastProvenAncestor())) {
                keep(c, Rule.PROVEN_ANCESTOR, "the newest archive that is proven to restore");
            }
            if (names.inUse().contains(c.name())) {
                keep(c, Rule.IN_USE, "a restore uses it");
            }
            if (names.rollout().contains(c.name())) {
                keep(c, Rule.ROLLOUT, "a rollout names it");
            }
        }
    }

    private void keepWhatIsNotUnderstood() {
        Set<String> understood = dated.stream().map(d -> d.candidate.name()).collect(Collectors.toSet());
        for (Candidate c : history) {
            if (!understood.contains(c.name())) {
                keep(c, Rule.NOT_UNDERSTOOD, "this version doesn't understand it");
            }
        }
    }

    private void keepAllIfClockIsWrong(Instant now) {
        if (!dated.isEmpty() && dated.getFirst().taken.isAfter(now)) {
            String newest = dated.getFirst().candidate.name();
            for (Candidate c : history) {
                keep(c, Rule.CLOCK, "the clock says %s, which is before %s was made".formatted(now, newest));
            }
        }
    }

    private void keepByCount() {
        for (int i = 0; i < dated.size(); i++) {
            Candidate c = dated.get(i).candidate;
            if (i < rules.minimum()) {
                keep(c, Rule.MINIMUM, "one of the newest %d, the minimum".formatted(rules.minimum()));
            }
            if (i < rules.last()) {
                keep(c, Rule.LAST, "one of the last (%d of %d)".formatted(i + 1, rules.last()));
            }
        }
        for (Period period : Period.values()) {
            keepNewestOfEach(period, period.count(rules));
        }
    }

    private void keepNewestOfEach(Period period, int count) {
        String before = "";
        int nth = 0;
        for (Dated d : dated) {
            String current = period.of(d.taken.atOffset(ZoneOffset.UTC));
            if (!current.equals(before)) {
                if (++nth > count) {
                    return;
                }
                keep(d.candidate, period.reason(current, nth, count));
                before = current;
            }
        }
    }

    private void keepByAge() {
        if (dated.isEmpty()) {
            return;
        }
        Instant newest = dated.getFirst().taken;
        Duration within = rules.within();
        for (Dated d : dated) {
            Duration age = Duration.between(d.taken, newest);
            if (within != null && age.compareTo(within) <= 0) {
                keep(d.candidate, Rule.WITHIN, "within the time to keep");
            }
            if (d.candidate.kind() == ArchiveKind.PRE_ROLLOUT && age.compareTo(PRE_ROLLOUT_STAYS) <= 0) {
                keep(d.candidate, Rule.PRE_ROLLOUT, "made before a rollout in the last 7 days");
            }
        }
        newestOfEarlierMigrations().forEach((migration, d) -> {
            if (Duration.between(d.taken, newest).compareTo(EARLIER_MIGRATION_STAYS) <= 0) {
                keep(d.candidate, Rule.EARLIER_MIGRATION, "newest before the migration from %s".formatted(migration));
            }
        });
    }

    private Map<String, Dated> newestOfEarlierMigrations() {
        Map<String, Dated> newest = new TreeMap<>();
        for (Dated d : dated) {
            String migration = d.candidate.migrationHead();
            if (migration != null) {
                newest.putIfAbsent(migration, d);
            }
        }
        // Unknown in the newest archive: then each known one may be an earlier one.
        String current = dated.getFirst().candidate.migrationHead();
        if (current != null) {
            newest.remove(current);
        }
        return newest;
    }

    private void keep(Candidate candidate, Rule rule, String text) {
        keep(candidate, new Reason(rule, text));
    }

    private void keep(Candidate candidate, Reason reason) {
        reasons.computeIfAbsent(candidate.name(), _ -> new EnumMap<>(Rule.class))
                .put(reason.rule(), reason);
    }

    /// A name that is listed twice isn't understood: to drop one would be to drop both.
    private static List<Dated> dated(List<Candidate> history) {
        Map<String, Integer> times = new HashMap<>();
        history.forEach(c -> times.merge(c.name(), 1, Integer::sum));
        List<Dated> dated = new ArrayList<>();
        for (Candidate c : history) {
            Instant taken = c.taken();
            if (c.understood() && taken != null && times.getOrDefault(c.name(), 0) == 1) {
                dated.add(new Dated(c, taken));
            }
        }
        dated.sort(Comparator.comparing(Dated::taken)
                .thenComparing(d -> d.candidate.name())
                .reversed());
        return dated;
    }
}
