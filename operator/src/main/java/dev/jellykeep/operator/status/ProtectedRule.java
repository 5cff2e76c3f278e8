package dev.jellykeep.operator.status;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.settings.DurationText;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Presence;
import dev.jellykeep.operator.desired.Refusal;
import dev.jellykeep.operator.desired.RefusalReason;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The condition that matters most; DESIGN §4.1. Never true from what was not seen.
public final class ProtectedRule {
    /// What agents count with unless they are told otherwise, which the operator never does.
    private static final Duration STALE_AFTER = Duration.ofMinutes(2);

    private static final Duration OVER_INTERVAL = Duration.ofMinutes(15);
    private static final String TYPE = "Protected";
    private static final Set<RefusalReason> OTHERS = Set.of(RefusalReason.TARGET_CONFLICT, RefusalReason.NAME_TAKEN);
    /// What somebody may do to an app that has our containers: two replicas may write, or what is saved isn't all that
    /// Jellyfin needs.
    private static final Set<RefusalReason> UNSAFE = Set.of(
            RefusalReason.MULTIPLE_REPLICAS_ALLOWED,
            RefusalReason.MULTIPLE_REVISIONS,
            RefusalReason.NO_DATA_VOLUME,
            RefusalReason.CONFIG_OUTSIDE_VOLUME,
            RefusalReason.OTHER_TOOL_ON_DATA_VOLUME);

    private ProtectedRule() {}

    /// How long after its last report a replica counts as running.
    public static Duration heardOf() {
        return Protection.heardOf(STALE_AFTER);
    }

    /// Unprotected time that still counts as protected.
    public static Duration recoveryPoint(PolicySpec spec) {
        return spec.objectives() == null || spec.objectives().recoveryPoint() == null
                ? time(spec.interval()).plus(OVER_INTERVAL)
                : time(spec.objectives().recoveryPoint());
    }

    /// Nothing meets what can't be read.
    static Duration time(String text) {
        return DurationText.parse(text) instanceof ParsedText.Ok<Duration>(Duration time) ? time : Duration.ZERO;
    }

    static Finding judge(Outcome outcome) {
        Situation now = outcome.situation();
        if (now == null) {
            boolean gone = outcome.target().resolved() == Truth.FALSE;
            return new Finding(
                    TYPE,
                    gone ? Truth.FALSE : Truth.UNKNOWN,
                    outcome.target().reason(),
                    outcome.target().message());
        }
        Optional<Refusal> other = refusal(now, OTHERS);
        if (other.isPresent()) {
            return no(other.get().reason().text(), other.get().message());
        }
        Optional<LiveInjection> live = LiveInjection.of(now.app());
        if (live.isEmpty() || live.get().presence() != Presence.WHOLE) {
            return new Finding(
                    TYPE, Truth.FALSE, "NotInjected", "the app runs without our containers: nothing saves its data");
        }
        Optional<Refusal> unsafe = refusal(now, UNSAFE);
        if (unsafe.isPresent()) {
            return no(unsafe.get().reason().text(), unsafe.get().message());
        }
        if (outcome.restore().isPresent()) {
            return new Finding(
                    TYPE, Truth.FALSE, "RestoreFailing", outcome.restore().get());
        }
        if (now.spec().suspend() || (outcome.archives() instanceof ArchivesView.Seen seen && seen.suspended())) {
            return no("Suspended", "scheduled backups are paused: set suspend: false");
        }
        if (!live.get().writesTo(now.spec().storage())) {
            return no(
                    "PlanPending",
                    "the app's archives still go to " + live.get().place() + ", not where this policy looks for them");
        }
        return switch (outcome.archives()) {
            case null -> unknown("NotSeen", "the archives have not been looked at yet");
            case ArchivesView.Hidden(String reason, String sentence) -> unknown(reason, sentence);
            case ArchivesView.Seen seen ->
                unclear(now, seen, live.get()).orElseGet(() -> seen(now, seen, now.running()));
        };
    }

    private static Optional<Refusal> refusal(Situation now, Set<RefusalReason> reasons) {
        return now.plan() instanceof Refused refused
                ? refused.refusals().stream()
                        .filter(each -> reasons.contains(each.reason()))
                        .findFirst()
                : Optional.empty();
    }

    /// What has to be known before Blob is believed.
    private static Optional<Finding> unclear(Situation now, ArchivesView.Seen seen, LiveInjection live) {
        if (seen.reading() instanceof Reading.TooNew) {
            return Optional.of(unknown("LineageTooNew", "lineage.json was written by a newer version: upgrade"));
        }
        if (seen.reading() instanceof Reading.Unreadable) {
            return Optional.of(no("LineageUnreadable", "lineage.json can't be read: run `jellykeep init`"));
        }
        LineageDocument document = seen.document().orElse(null);
        if (document == null) {
            return Optional.empty();
        }
        String app = document.app();
        if (app != null && !app.equalsIgnoreCase(now.appId())) {
            return Optional.of(no("LineageOfOtherApp", "the archives belong to " + app));
        }
        if (live.lineage() == null || !live.lineage().value().equals(document.lineage())) {
            return Optional.of(no(
                    "LineageMissing",
                    "the app belongs to lineage " + live.lineage() + ", the archives to " + document.lineage()));
        }
        Optional<String> unread = seen.unread().stream()
                .filter(each -> each.age().compareTo(heardOf()) < 0)
                .map(ArchivesView.Seen.Unread::name)
                .findFirst();
        if (unread.isPresent()) {
            return Optional.of(unknown(
                    "ReportUnreadable",
                    unread.get() + " was written lately, and this operator can't read it: upgrade"));
        }
        return seen.replicas().stream()
                .filter(each -> each.alive(heardOf())
                        && each.report().unsavedSince() != null
                        && each.report().writtenAt() == null)
                .findFirst()
                .map(each -> unknown(
                        "ReportUnreadable",
                        "replica " + each.report().replica() + " doesn't say when it reported: upgrade its agent"));
    }

    private static Finding seen(Situation now, ArchivesView.Seen seen, @Nullable Running running) {
        LineageDocument document = seen.document().orElse(null);
        Protection verdict = Protection.judge(
                document,
                headThere(document, seen),
                seen.replicas(),
                document == null ? 0 : seen.catalogue().unlisted(document).size(),
                recoveryPoint(now.spec()),
                heardOf());
        if (!verdict.ok() || document == null) {
            // whether the holder is gone or only silent, nobody has seen
            boolean silent = verdict.reason().equals("AgentSilent") && (running == null || !running.none());
            String sentence = sentence(verdict, document, seen);
            return silent ? unknown(verdict.reason(), sentence) : no(verdict.reason(), sentence);
        }
        if (running != null && running.anyUnsaved()) {
            return no("ReplicaNotHeardOf", "replica " + running.names() + " runs, and not each has our sidecar");
        }
        if (document.sealed() && running != null && !running.none()) {
            return running.all().findAny().isEmpty()
                    ? unknown("ReplicasNotSeen", "the app's replicas could not be listed")
                    : no(
                            "ReplicaNotHeardOf",
                            "replica " + running.names() + " runs, and its agent does not hold the lineage yet");
        }
        return new Finding(TYPE, Truth.TRUE, verdict.reason(), verdict.sentence());
    }

    /// With times instead of ages, so that it stays while the facts do.
    private static String sentence(Protection verdict, @Nullable LineageDocument document, ArchivesView.Seen seen) {
        if (verdict.reason().equals("AgentSilent") && document != null) {
            return "the holder " + document.holder() + " has not been heard of"
                    + seen.replicas().stream()
                            .filter(each -> each.report().replica().equals(document.holder()))
                            .findFirst()
                            .map(each -> " since " + seen.at().minus(each.age()).truncatedTo(ChronoUnit.SECONDS))
                            .orElse("");
        }
        if (verdict.reason().equals("RecoveryPointMissed")) {
            return "changes are in no archive for longer than the objective allows, the oldest since "
                    + unsavedSince(seen)
                            .map(each -> each.truncatedTo(ChronoUnit.SECONDS))
                            .orElseThrow();
        }
        return verdict.sentence();
    }

    static Optional<Instant> unsavedSince(ArchivesView.Seen seen) {
        return seen.replicas().stream()
                .filter(each -> each.alive(heardOf()))
                .flatMap(each -> Stream.ofNullable(each.report().unsavedSince()))
                .min(Comparator.naturalOrder());
    }

    private static Finding no(String reason, String message) {
        return new Finding(TYPE, Truth.FALSE, reason, message);
    }

    private static Finding unknown(String reason, String message) {
        return new Finding(TYPE, Truth.UNKNOWN, reason, message);
    }

    static boolean headThere(@Nullable LineageDocument document, ArchivesView.Seen seen) {
        return document != null
                && document.head()
                        .map(Listed::name)
                        .filter(name -> seen.catalogue().find(name).isPresent()
                                || seen.catalogue().isLegacyFolder(name))
                        .isPresent();
    }
}
