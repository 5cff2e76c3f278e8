package dev.jellykeep.operator.status;

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
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The condition that matters most; DESIGN §4.1. Never true from what was not seen.
public final class ProtectedRule {
    /// What agents count with unless they are told otherwise, which the operator never does.
    private static final Duration STALE_AFTER = Duration.ofMinutes(2);

    private static final Duration OVER_INTERVAL = Duration.ofMinutes(15);
    private static final String TYPE = "Protected";

    private ProtectedRule() {}

    /// How long after its last report a replica counts as running.
    public static Duration heardOf() {
        return Protection.heardOf(STALE_AFTER);
    }

    /// Unprotected time that still counts as protected.
    public static Duration recoveryPoint(PolicySpec spec) {
        return spec.objectives() == null || spec.objectives().recoveryPoint() == null
                ? DurationText.parse(spec.interval()).orThrow().plus(OVER_INTERVAL)
                : DurationText.parse(spec.objectives().recoveryPoint()).orThrow();
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
        Optional<LiveInjection> live = LiveInjection.of(now.app());
        if (live.isEmpty() || live.get().presence() != Presence.WHOLE) {
            return new Finding(
                    TYPE, Truth.FALSE, "NotInjected", "the app runs without our containers: nothing saves its data");
        }
        if (outcome.restore().isPresent()) {
            return new Finding(
                    TYPE, Truth.FALSE, "RestoreFailing", outcome.restore().get());
        }
        if (now.spec().suspend()) {
            return new Finding(TYPE, Truth.FALSE, "Suspended", "scheduled backups are paused: set suspend: false");
        }
        return switch (outcome.archives()) {
            case null -> new Finding(TYPE, Truth.UNKNOWN, "NotSeen", "the archives have not been looked at yet");
            case ArchivesView.Hidden(String reason, String sentence) ->
                new Finding(TYPE, Truth.UNKNOWN, reason, sentence);
            case ArchivesView.Seen seen -> seen(now, seen);
        };
    }

    private static Finding seen(Situation now, ArchivesView.Seen seen) {
        LineageDocument document = seen.document().orElse(null);
        Protection verdict = Protection.judge(
                document,
                headThere(document, seen),
                seen.replicas(),
                document == null ? 0 : seen.catalogue().unlisted(document).size(),
                recoveryPoint(now.spec()),
                heardOf());
        Running running = now.running();
        if (verdict.ok() && document != null && document.sealed() && running != null && !running.none()) {
            return new Finding(
                    TYPE,
                    Truth.FALSE,
                    "ReplicaNotHeardOf",
                    "replica " + running.names() + " runs, and its agent has not reported yet");
        }
        // whether the holder is gone or only silent, nobody has seen
        boolean silent = verdict.reason().equals("AgentSilent") && (running == null || !running.none());
        return new Finding(TYPE, silent ? Truth.UNKNOWN : Truth.of(verdict.ok()), verdict.reason(), verdict.sentence());
    }

    static boolean headThere(@Nullable LineageDocument document, ArchivesView.Seen seen) {
        return document != null
                && document.head()
                        .map(Listed::name)
                        .filter(name -> seen.catalogue().find(name).isPresent()
                                || seen.catalogue().isLegacyFolder(name))
                        .isPresent();
    }

    /// Whether revisions and replicas have to be looked at: an open head of which nobody has heard lately.
    public static boolean wantsRunning(ArchivesView archives) {
        return archives instanceof ArchivesView.Seen seen
                && seen.document()
                        .filter(document ->
                                !document.sealed() && document.head().isPresent())
                        .isPresent()
                && !seen.anyoneAlive(heardOf());
    }
}
