package dev.jellykeep.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.api.BackupsStatus;
import dev.jellykeep.operator.api.DriftStatus;
import dev.jellykeep.operator.api.InjectionStatus;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.decide.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static PolicyStatus status(@Nullable PolicyStatus before, Case at) {
        return StatusText.of(before, Ends.of(at), at.generation, at.now);
    }

    private static PolicyCondition condition(PolicyStatus status, String type) {
        return status.conditions().stream()
                .filter(each -> each.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static Case held() {
        return Case.injected().held().runs(Case.whole("r1"));
    }

    private static Outcome remembering(Memory memory) {
        Outcome outcome = Ends.lost(Truth.UNKNOWN, "Throttled");
        return new Outcome(outcome.progress(), outcome.target(), null, null, memory, List.of(), outcome.restore());
    }

    @Test
    void another_operator_goes_on_with_what_this_one_remembered() {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            Memory memory = new Memory(
                    random.nextInt(4) == 0 ? null : "digest" + random.nextInt(9),
                    random.nextInt(9),
                    random.ints(random.nextInt(4), 0, 3600)
                            .mapToObj(Case.NOW::minusSeconds)
                            .toList(),
                    time(random),
                    time(random),
                    time(random));
            if (memory.applied() == null) {
                memory = new Memory(null, 0, memory.corrections(), memory.waitingSince(), null, memory.driftSince());
            }
            assertThat(StatusText.memory(StatusText.of(null, remembering(memory), 1, Case.NOW)))
                    .as("seed 11, round %d", i)
                    .isEqualTo(memory);
        }
        assertThat(StatusText.memory(null)).isEqualTo(Memory.empty());
        assertThat(StatusText.of(null, remembering(Memory.empty()), 1, Case.NOW).injection())
                .isNull();
    }

    private static @Nullable Instant time(Random random) {
        return random.nextBoolean() ? null : Case.NOW.minusSeconds(random.nextInt(90_000));
    }

    @Test
    void a_status_that_somebody_spoilt_stops_nobody() {
        PolicyStatus spoilt = new PolicyStatus(
                1L,
                List.of(),
                null,
                null,
                new InjectionStatus("d", null, "yesterday", "never", null, null, null),
                new DriftStatus("once", List.of("x", "2026-11-20T11:00:00Z")),
                null,
                List.of(),
                null);
        assertThat(StatusText.memory(spoilt))
                .isEqualTo(new Memory("d", 0, List.of(Case.NOW.minusSeconds(3600)), null, null, null));
    }

    @Test
    void equal_facts_are_not_written_twice() {
        Case at = held();
        PolicyStatus first = status(null, at);
        at.now = Case.NOW.plusSeconds(15);
        at.reports.clear();
        at.report(Case.HOLDER, "holding", Duration.ofSeconds(35));
        assertThat(status(first, at)).isEqualTo(first);
        at.reports.clear();
        at.report(Case.HOLDER, "holding", Duration.ofMinutes(6));
        PolicyStatus silent = status(first, at);
        at.now = at.now.plusSeconds(15);
        at.reports.clear();
        at.report(Case.HOLDER, "holding", Duration.ofMinutes(6).plusSeconds(15));
        assertThat(status(silent, at)).isEqualTo(silent);
    }

    @Test
    void waiting_changes_nothing_in_a_status_from_look_to_look() {
        Case at = held().edited("interval: 1h");
        PolicyStatus first = status(null, at);
        at.memory = StatusText.memory(first);
        at.now = Case.NOW.plusMillis(15_300);
        assertThat(status(first, at)).isEqualTo(first);
    }

    @Test
    void a_condition_keeps_the_time_at_which_it_turned() {
        Case at = held();
        PolicyStatus first = status(null, at);
        String began = condition(first, "Protected").lastTransitionTime();
        assertThat(began).isEqualTo("2026-11-20T12:00:00Z");
        at.now = Case.NOW.plusSeconds(60);
        at.edited("interval: 20m");
        PolicyStatus second = status(first, at);
        assertThat(condition(second, "Protected").lastTransitionTime()).isEqualTo(began);
        assertThat(condition(second, "Protected").observedGeneration()).isEqualTo(2L);
        assertThat(second.observedGeneration()).isEqualTo(2L);
        assertThat(condition(second, "Ready").lastTransitionTime()).isEqualTo("2026-11-20T12:01:00Z");
        at.spec("suspend: true, interval: 20m");
        assertThat(condition(status(second, at), "Protected").lastTransitionTime())
                .isEqualTo("2026-11-20T12:01:00Z");
    }

    @Test
    void facts_stay_while_nobody_can_look() {
        PolicyStatus first = status(null, held());
        PolicyStatus lost = StatusText.of(first, Ends.lost(Truth.UNKNOWN, "Throttled"), 1, Case.NOW);
        assertThat(lost.backups()).isEqualTo(first.backups());
        assertThat(lost.target()).isEqualTo(first.target());
        Case hidden = held();
        hidden.view = new ArchivesView.Hidden("StorageUnreachable", "timeout");
        PolicyStatus unseen = status(first, hidden);
        assertThat(unseen.backups()).isEqualTo(first.backups());
        assertThat(unseen.target()).isEqualTo(first.target());
        assertThat(status(null, hidden).target()).isNotNull();
    }

    @Test
    void backups_are_told_as_facts_and_times() {
        Case at = held();
        at.reports.clear();
        at.report(
                ReportDraft.of(Case.blank(Case.HOLDER, "holding"))
                        .nextDue(Case.NOW.plusSeconds(60))
                        .unsavedSince(Case.NOW.minusSeconds(60))
                        .build()
                        .at(Case.NOW),
                Duration.ZERO);
        at.report(
                ReportDraft.of(Case.blank("dead", "holding"))
                        .nextDue(Case.NOW.minusSeconds(9999))
                        .unsavedSince(Case.NOW.minusSeconds(9999))
                        .build()
                        .at(Case.NOW),
                Duration.ofHours(1));
        BackupsStatus backups = Objects.requireNonNull(status(null, at).backups());
        assertThat(backups)
                .isEqualTo(new BackupsStatus(
                        new BackupsStatus.Archive(Case.HEAD, "2026-11-20T11:00:00Z", 1000),
                        "2026-11-20T12:01:00Z",
                        1,
                        1000L,
                        "2026-11-20T11:00:00Z",
                        Case.HOLDER,
                        "2026-11-20T11:59:00Z"));
        BackupsStatus sealed =
                Objects.requireNonNull(status(null, Case.injected().sealed()).backups());
        assertThat(sealed.holder()).isNull();
        assertThat(sealed.nextDue()).isNull();
        Case missing = held();
        missing.reading = new dev.jellykeep.store.archives.Reading.Missing();
        assertThat(status(null, missing).backups()).isNull();
    }

    @Test
    void a_plan_is_published_while_there_is_one() {
        PolicyStatus planned = status(null, new Case().spec("mode: Plan"));
        assertThat(Objects.requireNonNull(planned.plan()).changes()).anyMatch(each -> each.contains("jellykeep-agent"));
        assertThat(status(planned, Case.injected().sealed()).plan()).isNull();
    }
}
