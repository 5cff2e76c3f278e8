package dev.jellykeep.operator.status;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.operator.api.BackupsStatus;
import dev.jellykeep.operator.api.DriftStatus;
import dev.jellykeep.operator.api.InjectionStatus;
import dev.jellykeep.operator.api.PlanStatus;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.api.RecoveryStatus;
import dev.jellykeep.operator.api.TargetStatus;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Memory;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.store.archives.Catalogue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A policy's whole status. Equal facts give an equal status, so that nothing is written where nothing is new.
public final class StatusText {
    private StatusText() {}

    /// @param before null: there is none yet
    /// @param now for conditions that turn
    public static PolicyStatus of(@Nullable PolicyStatus before, Outcome outcome, long generation, Instant now) {
        return new PolicyStatus(
                generation,
                conditions(before, Findings.of(outcome), generation, now),
                target(before, outcome),
                backups(before, outcome.archives()),
                injection(outcome.memory()),
                drift(outcome.memory()),
                plan(outcome.situation()),
                outcome.requests(),
                recovery(before, outcome.archives()));
    }

    private static @Nullable RecoveryStatus recovery(@Nullable PolicyStatus before, @Nullable ArchivesView archives) {
        if (!(archives instanceof ArchivesView.Seen seen)) {
            return before == null ? null : before.recovery();
        }
        Proof proof = seen.told().proof();
        Instant at = seen.told().proven();
        RecoveryStatus.Proof shown = proof == null || at == null
                ? null
                : new RecoveryStatus.Proof(
                        proof.archive(),
                        proof.how().wireName(),
                        proof.good(),
                        proof.detail(),
                        time(at),
                        proof.millis());
        RecoveryStatus.ColdStart last = RecoveryFindings.coldStart(seen)
                .map(each ->
                        new RecoveryStatus.ColdStart(each.archive(), time(each.at()), each.millis(), each.recovery()))
                .orElse(null);
        return shown == null && last == null ? null : new RecoveryStatus(shown, last);
    }

    private static List<PolicyCondition> conditions(
            @Nullable PolicyStatus before, List<Finding> findings, long generation, Instant now) {
        List<PolicyCondition> old = before == null ? List.of() : before.conditions();
        return findings.stream()
                .map(finding -> new PolicyCondition(
                        finding.type(),
                        finding.truth().text(),
                        generation,
                        old.stream()
                                .filter(each -> each.type().equals(finding.type())
                                        && each.status().equals(finding.truth().text()))
                                .map(PolicyCondition::lastTransitionTime)
                                .findFirst()
                                .orElse(time(now)),
                        finding.reason(),
                        finding.message()))
                .toList();
    }

    private static @Nullable TargetStatus target(@Nullable PolicyStatus before, Outcome outcome) {
        Situation now = outcome.situation();
        if (now == null) {
            return before == null ? null : before.target();
        }
        var properties = now.app().path("properties");
        return new TargetStatus(
                orNull(properties.path("latestRevisionName").asText()),
                orNull(properties.path("latestReadyRevisionName").asText()),
                lineage(before, outcome),
                version(properties.path("latestRevisionName").asText(), before, outcome));
    }

    private static @Nullable String version(String revision, @Nullable PolicyStatus before, Outcome outcome) {
        if (outcome.archives() instanceof ArchivesView.Seen seen) {
            return orNull(seen.told().versions().versions().getOrDefault(revision, ""));
        }
        return before == null
                        || before.target() == null
                        || !revision.equals(before.target().latestRevision())
                ? null
                : before.target().version();
    }

    private static @Nullable String lineage(@Nullable PolicyStatus before, Outcome outcome) {
        if (outcome.archives() instanceof ArchivesView.Seen seen) {
            return seen.document()
                    .map(document -> document.lineage().toString())
                    .orElse(null);
        }
        return before == null || before.target() == null
                ? null
                : before.target().lineage();
    }

    private static @Nullable BackupsStatus backups(@Nullable PolicyStatus before, @Nullable ArchivesView archives) {
        if (!(archives instanceof ArchivesView.Seen seen)) {
            return before == null ? null : before.backups();
        }
        LineageDocument document = seen.document().orElse(null);
        if (document == null) {
            return null;
        }
        List<Catalogue.Item> items = document.history().stream()
                .map(Listed::name)
                .flatMap(name -> seen.catalogue().find(name).stream())
                .toList();
        return new BackupsStatus(
                document.head()
                        .map(Listed::name)
                        .flatMap(seen.catalogue()::find)
                        .map(item -> new BackupsStatus.Archive(
                                item.blob().name(),
                                time(taken(item)),
                                item.blob().length()))
                        .orElse(null),
                nextDue(seen).map(StatusText::time).orElse(null),
                document.history().size(),
                items.stream().mapToLong(item -> item.blob().length()).sum(),
                items.stream()
                        .findFirst()
                        .map(StatusText::taken)
                        .map(StatusText::time)
                        .orElse(null),
                document.sealed() ? null : document.holder(),
                ProtectedRule.unsavedSince(seen).map(StatusText::time).orElse(null));
    }

    private static Instant taken(Catalogue.Item item) {
        ArchiveFacts facts = item.facts();
        return facts == null ? item.blob().lastModified() : facts.taken();
    }

    private static Optional<Instant> nextDue(ArchivesView.Seen seen) {
        return seen.replicas().stream()
                .filter(each -> each.alive(ProtectedRule.heardOf()))
                .flatMap(each -> Stream.ofNullable(each.report().nextDue()))
                .min(Comparator.naturalOrder());
    }

    private static @Nullable InjectionStatus injection(Memory memory) {
        return memory.applied() == null
                        && memory.waitingSince() == null
                        && memory.failed() == null
                        && memory.stopped() == null
                ? null
                : new InjectionStatus(
                        memory.applied(),
                        memory.applied() == null ? null : Long.valueOf(memory.appliedGeneration()),
                        memory.waitingSince() == null ? null : time(memory.waitingSince()),
                        memory.waitingTold() == null ? null : time(memory.waitingTold()),
                        memory.failed(),
                        memory.failed() == null ? null : Long.valueOf(memory.failedGeneration()),
                        memory.stopped());
    }

    private static @Nullable DriftStatus drift(Memory memory) {
        return memory.driftSince() == null && memory.corrections().isEmpty()
                ? null
                : new DriftStatus(
                        memory.driftSince() == null ? null : time(memory.driftSince()),
                        memory.corrections().stream()
                                .map(each -> time(each.plusNanos(999_999_999)))
                                .toList());
    }

    private static @Nullable PlanStatus plan(@Nullable Situation now) {
        return now != null && now.plan() instanceof Plan.Patch patch ? PublishedPlan.of(patch) : null;
    }

    /// What a status remembers.
    public static Memory memory(@Nullable PolicyStatus status) {
        if (status == null) {
            return Memory.empty();
        }
        InjectionStatus injection = status.injection();
        DriftStatus drift = status.drift();
        return new Memory(
                injection == null ? null : injection.applied(),
                injection == null || injection.generation() == null ? 0 : injection.generation(),
                drift == null
                        ? List.of()
                        : drift.corrections().stream()
                                .flatMap(each -> Stream.ofNullable(read(each)))
                                .toList(),
                injection == null ? null : read(injection.waitingSince()),
                injection == null ? null : read(injection.waitingTold()),
                drift == null ? null : read(drift.since()),
                injection == null ? null : injection.rolledBack(),
                injection == null || injection.rolledBackGeneration() == null ? 0 : injection.rolledBackGeneration(),
                injection == null ? null : injection.stopped());
    }

    /// Null for what nobody of us has written.
    private static @Nullable Instant read(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
