package dev.jellykeep.operator.status;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Refusal;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Presence;
import dev.jellykeep.operator.desired.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All conditions of a policy, in the order in which people read them.
final class Findings {
    private Findings() {}

    static List<Finding> of(Outcome outcome) {
        List<Finding> all = new ArrayList<>();
        Progress progress = outcome.progress();
        all.add(new Finding(
                "Ready", Truth.of(progress.state() == Progress.State.READY), progress.reason(), progress.message()));
        switch (progress.state()) {
            case READY -> {}
            case RECONCILING -> all.add(new Finding("Reconciling", Truth.TRUE, progress.reason(), progress.message()));
            case STALLED -> all.add(new Finding("Stalled", Truth.TRUE, progress.reason(), progress.message()));
        }
        all.add(ProtectedRule.judge(outcome));
        Outcome.Target target = outcome.target();
        all.add(new Finding("TargetResolved", target.resolved(), target.reason(), target.message()));
        Situation now = outcome.situation();
        if (now != null) {
            all.add(injected(now));
            drifted(now, outcome).ifPresent(all::add);
        }
        if (outcome.archives() != null) {
            all.add(storage(outcome.archives()));
            if (now != null
                    && outcome.archives() instanceof ArchivesView.Seen seen
                    && seen.document().isPresent()) {
                all.add(lineage(seen, seen.document().get()));
                all.add(recoveryPoint(now, seen, seen.document().get()));
                all.addAll(RecoveryFindings.of(now.spec(), seen));
            }
        }
        if (now != null
                && outcome.memory().failed() != null
                && outcome.memory().failedGeneration() == now.generation()) {
            all.add(remediated(now));
        }
        outcome.restore().ifPresent(why -> all.add(new Finding("RestoreFailing", Truth.TRUE, "RestoreFailing", why)));
        return all;
    }

    private static Finding injected(Situation now) {
        Optional<LiveInjection> live = LiveInjection.of(now.app());
        if (live.isEmpty() || live.get().presence() != Presence.WHOLE) {
            return new Finding(
                    "Injected",
                    Truth.FALSE,
                    "NotInjected",
                    live.isEmpty() ? "the app has no container of ours" : "the app has only one of our two containers");
        }
        return switch (now.plan()) {
            case Plan.UpToDate _ -> new Finding("Injected", Truth.TRUE, "UpToDate", "the app's template is as planned");
            case Plan.Patch _ ->
                new Finding(
                        "Injected", Truth.FALSE, "PlanPending", "our containers are there, but not all is as planned");
            case Refused refused ->
                new Finding(
                        "Injected",
                        Truth.UNKNOWN,
                        refused.first().reason().text(),
                        "our containers are there; how they should be can't be said before the policy or the app is"
                                + " mended");
        };
    }

    private static Optional<Finding> drifted(Situation now, Outcome outcome) {
        if (now.plan() instanceof Plan.UpToDate) {
            return Optional.of(new Finding("Drifted", Truth.FALSE, "NoDrift", "our parts are as they were sent"));
        }
        return outcome.memory().driftSince() == null
                ? Optional.empty()
                : Optional.of(new Finding(
                        "Drifted",
                        Truth.TRUE,
                        "TemplateChanged",
                        "somebody changed our parts; first seen "
                                + outcome.memory().driftSince()));
    }

    /// Only after a rollback, and until the policy is edited.
    private static Finding remediated(Situation now) {
        var properties = now.app().path("properties");
        String latest = properties.path("latestRevisionName").asText();
        return latest.equals(properties.path("latestReadyRevisionName").asText())
                ? new Finding(
                        "Remediated",
                        Truth.TRUE,
                        "RollbackSucceeded",
                        "our parts are as they were before this policy's last change")
                : new Finding(
                        "Remediated",
                        Truth.FALSE,
                        "RollbackFailed",
                        "revision " + latest + " does not get ready either, or has not been asked to start yet");
    }

    private static Finding storage(ArchivesView archives) {
        return switch (archives) {
            // an agent may be allowed what the operator isn't
            case ArchivesView.Hidden(String reason, String sentence) ->
                new Finding(
                        "StorageAvailable",
                        reason.equals("StorageForbidden") ? Truth.UNKNOWN : Truth.FALSE,
                        reason,
                        sentence);
            case ArchivesView.Seen _ ->
                new Finding("StorageAvailable", Truth.TRUE, "Seen", "the archives can be listed and read");
        };
    }

    private static Finding lineage(ArchivesView.Seen seen, LineageDocument document) {
        List<String> forks = Stream.concat(
                        document.forks().stream().map(fork -> fork.tip().name()),
                        seen.catalogue().unlisted(document).stream()
                                .map(item -> item.blob().name()))
                .toList();
        return forks.isEmpty()
                ? new Finding("LineageConsistent", Truth.TRUE, "OneLine", "there is one line of history")
                : new Finding(
                        "LineageConsistent",
                        Truth.FALSE,
                        "ForkDetected",
                        forks.size() + " forks hold data that the head does not, the last with " + forks.getLast()
                                + ": see `jellykeep forks show NAME`, then `forks promote` or `forks drop`");
    }

    private static Finding recoveryPoint(Situation now, ArchivesView.Seen seen, LineageDocument document) {
        Duration most = ProtectedRule.recoveryPoint(now.spec());
        if (document.head().isEmpty()) {
            return new Finding("RecoveryPointMet", Truth.FALSE, "NeverBackedUp", "there is no backup yet");
        }
        Refusal refused = document.refused();
        if (document.sealed() && refused != null) {
            return new Finding(
                    "RecoveryPointMet",
                    Truth.FALSE,
                    "BackupRefused",
                    "the final snapshot was refused (" + refused.reason()
                            + "): look at suspect/ with `jellykeep list`");
        }
        Optional<Duration> unprotected = seen.replicas().stream()
                .filter(each -> each.alive(ProtectedRule.heardOf()))
                .map(Protection.Replica::unprotected)
                .max(Comparator.naturalOrder());
        if (unprotected.isEmpty()) {
            return document.sealed()
                    ? new Finding("RecoveryPointMet", Truth.TRUE, "IdleUnchanged", "sealed: nothing is unsaved")
                    : new Finding(
                            "RecoveryPointMet", Truth.UNKNOWN, "AgentSilent", "no agent has been heard of lately");
        }
        return unprotected.get().compareTo(most) <= 0
                ? new Finding(
                        "RecoveryPointMet", Truth.TRUE, "Fresh", "nothing is unsaved for longer than the objective")
                : new Finding(
                        "RecoveryPointMet",
                        Truth.FALSE,
                        "Overdue",
                        "a change is in no archive for longer than the objective of " + most.toMinutes() + " min");
    }
}
