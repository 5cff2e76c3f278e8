package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.api.PreRolloutBackup;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Before a template changes under a running replica, what that wrote has to be in the line; DESIGN §4.2.
final class BackupGate {
    /// After that an agent that works has answered.
    static final Duration UNANSWERED = Duration.ofMinutes(5);

    /// A backup that was asked for longer ago lacks too much of what has been written since.
    static final Duration FRESH = Duration.ofMinutes(10);

    /// Users get so much time with their server before it is taken from them again.
    static final Duration TRY_AGAIN = Duration.ofHours(1);

    private BackupGate() {}

    sealed interface Verdict {
        /// @param archives that hold what was there
        /// @param note what somebody should know of it; null: nothing
        record Open(List<String> archives, @Nullable Note note) implements Verdict {}

        /// A backup has to be asked for first.
        record Ask(RolloutDocument document) implements Verdict {}

        record Shut(Progress progress) implements Verdict {}
    }

    /// @param seen needed, since answers are there
    static Verdict judge(Situation now, ArchivesView.Seen seen, Running running, Plan.Patch patch) {
        Optional<ArchivesView.Seen.Rollout> left = now.rollout();
        Optional<Progress> ended =
                left.filter(each -> each.document().stage() == Stage.ENDED).flatMap(each -> ended(each, patch));
        if (ended.isPresent()) {
            return new Verdict.Shut(ended.get());
        }
        PreRolloutBackup wanted = now.spec().rollout().preRolloutBackup();
        if (wanted == PreRolloutBackup.DISABLED) {
            return new Verdict.Open(head(seen), null);
        }
        Optional<ArchivesView.Seen.Rollout> asked = left.filter(each ->
                each.document().stage() == Stage.ASKED && each.document().plan().equals(patch.digest()));
        if (asked.isEmpty()) {
            return ask(now, seen, running, patch);
        }
        Optional<ReplicaReport.Answer> answer = answer(seen, asked.get().document());
        boolean old = asked.get().age().compareTo(FRESH) >= 0;
        if (answer.isPresent()) {
            return old ? ask(now, seen, running, patch) : answered(answer.get(), seen, wanted);
        }
        return asked.get().age().compareTo(UNANSWERED) < 0
                ? new Verdict.Shut(Progress.reconciling(
                        "WaitingForBackup",
                        "replica " + running.names() + " was asked for a backup before its template changes"))
                : unanswered(seen, running, wanted);
    }

    /// What was given up costs users their server each time it is tried.
    private static Optional<Progress> ended(ArchivesView.Seen.Rollout left, Plan.Patch patch) {
        String serves = "revision " + left.document().serving() + " serves again, since ";
        if (left.document().givenUp() && left.document().plan().equals(patch.digest())) {
            return Optional.of(Progress.stalled(
                    "RolloutReturned",
                    serves + "this template could not be sent once it had been stopped: change the policy or the app,"
                            + " or let the app scale to zero"));
        }
        return left.age().compareTo(TRY_AGAIN) < 0
                ? Optional.of(Progress.reconciling(
                        "RolloutReturned",
                        serves + "the template could not be sent; that is tried again " + TRY_AGAIN.toMinutes()
                                + " min after it came back"))
                : Optional.empty();
    }

    private static Verdict ask(Situation now, ArchivesView.Seen seen, Running running, Plan.Patch patch) {
        return new Verdict.Ask(document(now, seen, running, patch, Stage.ASKED));
    }

    /// Of a rollout that begins now.
    static RolloutDocument document(
            Situation now, ArchivesView.Seen seen, Running running, Plan.Patch patch, Stage stage) {
        String ready = now.latestReady();
        boolean older = running.revision(ready).filter(Revision::active).isPresent();
        return new RolloutDocument(
                "rollout-" + patch.digest() + "-" + now.now().getEpochSecond(),
                patch.digest(),
                now.latest(),
                older ? ready : now.latest(),
                stage,
                false,
                head(seen));
    }

    private static List<String> head(ArchivesView.Seen seen) {
        return seen.document().flatMap(LineageDocument::head).map(Listed::name).stream()
                .toList();
    }

    /// Only the holder's counts: what another replica saves is a fork.
    private static Optional<ReplicaReport.Answer> answer(ArchivesView.Seen seen, RolloutDocument rollout) {
        String request = AgentRequests.backup(rollout.token());
        return seen.document()
                .map(LineageDocument::holder)
                .flatMap(holder -> seen.replicas().stream()
                        .map(Protection.Replica::report)
                        .filter(each -> each.replica().equals(holder))
                        .flatMap(each -> each.answers().stream())
                        .filter(each -> each.request().equals(request))
                        .findFirst());
    }

    private static Verdict answered(ReplicaReport.Answer answer, ArchivesView.Seen seen, PreRolloutBackup wanted) {
        String archive = answer.archive();
        boolean promoted =
                (answer.result().equals("promoted") || answer.result().equals("unchanged"))
                        && archive != null
                        && seen.document()
                                .filter(document -> document.indexInHistory(archive) >= 0)
                                .isPresent();
        if (promoted) {
            return new Verdict.Open(List.of(archive), null);
        }
        String why = "the backup before the rollout was not promoted (" + answer.result() + ")";
        return wanted == PreRolloutBackup.BEST_EFFORT
                ? new Verdict.Open(head(seen), new Note(true, "PreRolloutBackupRefused", why))
                : new Verdict.Shut(Progress.stalled(
                        "PreRolloutBackupRefused",
                        why + ": look at `jellykeep status`; it is asked for again every " + FRESH.toMinutes()
                                + " min; or let the app scale to zero, or set rollout.preRolloutBackup: BestEffort"));
    }

    private static Verdict unanswered(ArchivesView.Seen seen, Running running, PreRolloutBackup wanted) {
        String who = "replica " + running.names();
        if (neverHeardOf(seen, running)) {
            return new Verdict.Open(
                    head(seen),
                    new Note(
                            true,
                            "AgentNeverWorked",
                            who + " has had no agent that works since its revision began, so nothing that it wrote is"
                                    + " in an archive, and none is waited for"));
        }
        String why = who + " was asked for a backup before its template changes, and has not answered for "
                + UNANSWERED.toMinutes() + " min";
        return wanted == PreRolloutBackup.BEST_EFFORT
                ? new Verdict.Open(head(seen), new Note(true, "PreRolloutBackupUnanswered", why))
                : new Verdict.Shut(Progress.stalled(
                        "PreRolloutBackupUnanswered",
                        why + ": look at its agent's logs (az containerapp logs show --container jellykeep-agent); or"
                                + " let the app scale to zero, or set rollout.preRolloutBackup: BestEffort"));
    }

    /// Of no revision that runs has any agent reported since it began. What can't be told counts as heard.
    private static boolean neverHeardOf(ArchivesView.Seen seen, Running running) {
        List<Revision> revisions = running.revisions().stream()
                .filter(each -> !running.of(each.name()).isEmpty())
                .toList();
        return !revisions.isEmpty() && revisions.stream().noneMatch(each -> heardOf(seen, each)) && running.complete();
    }

    private static boolean heardOf(ArchivesView.Seen seen, Revision revision) {
        Instant began = revision.created();
        return began == null
                || seen.unread().stream()
                        .anyMatch(each -> !seen.at().minus(each.age()).isBefore(began))
                || seen.replicas().stream()
                        .anyMatch(each -> isOf(each.report().name(), revision)
                                && !seen.at().minus(each.age()).isBefore(began));
    }

    private static boolean isOf(@Nullable String replica, Revision revision) {
        return replica == null || replica.startsWith(revision.name());
    }
}
