package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// From the moment at which a revision is deactivated for its successor's sake until there is one, nobody serves. What
/// was begun is in `control/rollout.json`, and whether it was done is in ARM, so that any operator goes on with it: it
/// sends the template, or has the revision serve again; DESIGN §4.2.
final class Recreate {
    /// How long ARM may refuse the template before users get their server back.
    static final Duration REFUSED = Duration.ofSeconds(60);

    /// What is added to the grace period before an agent's last words are missed.
    static final Duration OVER_GRACE = Duration.ofSeconds(30);

    /// A replica that ARM lists so long after its end has not ended.
    static final Duration STUCK = Duration.ofMinutes(5);

    private static final long AZURES_GRACE = 30;

    private Recreate() {}

    /// Of a revision that is deactivated, or may be.
    static Optional<ArchivesView.Seen.Rollout> underWay(Situation now) {
        return now.rollout().filter(each -> switch (each.document().stage()) {
            case STOPPING, REFUSED, RETURNING -> true;
            case ASKED, ENDED -> false;
        });
    }

    /// What comes next; empty once it is the template's turn.
    static Optional<Decision> next(Situation now, ArchivesView.Seen.Rollout left, Running running, Memory memory) {
        RolloutDocument rollout = left.document();
        boolean returns = rollout.stage() == Stage.RETURNING;
        List<Revision> serving = running.revisions().stream()
                .filter(each -> each.active()
                        && (!running.lists(each.name())
                                || !running.of(each.name()).isEmpty()))
                .toList();
        boolean active = running.revision(returns ? rollout.serving() : now.latest())
                .filter(Revision::active)
                .isPresent();
        boolean wanted =
                now.spec().mode() == Mode.ENFORCE && now.plan() instanceof Plan.Patch patch && patch.newRevision();
        if (returns || !wanted) {
            return Optional.of(active ? over(rollout, memory) : back(rollout, "there is nothing to send", memory));
        }
        if (!serving.isEmpty()) {
            // who serves so long after was activated by somebody, and has written since
            return Optional.of(
                    rollout.stage() == Stage.REFUSED || left.age().compareTo(BackupGate.FRESH) >= 0
                            ? over(rollout, memory)
                            : stop(serving.getLast().name(), rollout, List.of(), memory));
        }
        if (rollout.stage() == Stage.REFUSED) {
            return left.age().compareTo(REFUSED) >= 0
                    ? Optional.of(
                            back(rollout, "the template could not be sent for " + REFUSED.toSeconds() + " s", memory))
                    : Optional.empty();
        }
        return hasEnded(now, left, running) ? Optional.empty() : Optional.of(waiting(now, left, running, memory));
    }

    private static Decision waiting(Situation now, ArchivesView.Seen.Rollout left, Running running, Memory memory) {
        RolloutDocument rollout = left.document();
        if (left.age().compareTo(limit(now).plus(STUCK)) >= 0) {
            return back(rollout.forGood(), "replica " + running.names() + " does not end", memory);
        }
        return Decision.of(
                Progress.reconciling(
                        "WaitingForSeal",
                        "revision " + now.latest() + " was deactivated; its replica's last backup is waited for"),
                Decider.SOON,
                memory);
    }

    /// Sealed since it was told to stop; or gone for so long that nobody is left who could seal. A seal from before
    /// says
    /// nothing: who had not claimed yet saves last.
    private static boolean hasEnded(Situation now, ArchivesView.Seen.Rollout left, Running running) {
        boolean none = running.none();
        boolean sealed = sealed(now, left);
        return (none && sealed) || (left.age().compareTo(limit(now)) >= 0 && (none || sealed));
    }

    private static boolean sealed(Situation now, ArchivesView.Seen.Rollout left) {
        return left.lineageSince()
                && now.archives() instanceof ArchivesView.Seen seen
                && seen.document().filter(LineageDocument::sealed).isPresent();
    }

    private static Duration limit(Situation now) {
        long grace = now.app()
                .at("/properties/template/terminationGracePeriodSeconds")
                .asLong(AZURES_GRACE);
        return Duration.ofSeconds(grace).plus(OVER_GRACE);
    }

    /// What somebody should know of a replica that ended without a seal.
    static List<Note> missing(Situation now) {
        return underWay(now)
                .filter(left -> left.document().stage() == Stage.STOPPING && !sealed(now, left))
                .map(left -> new Note(
                        true,
                        "SealMissing",
                        "the replica of revision " + now.latest() + " ended without sealing its line" + lastWords(now)
                                + ": what it wrote after " + head(now) + " is in no archive"))
                .stream()
                .toList();
    }

    private static String lastWords(Situation now) {
        return now.archives() instanceof ArchivesView.Seen seen
                ? seen.document().map(LineageDocument::holder).stream()
                        .flatMap(holder -> seen.replicas().stream()
                                .map(Protection.Replica::report)
                                .filter(each -> each.replica().equals(holder)))
                        .findFirst()
                        .map(each -> " (its agent's last words: " + each.phase()
                                + (each.unsavedSince() == null
                                        ? ", all saved"
                                        : ", changes unsaved since " + each.unsavedSince())
                                + ")")
                        .orElse("")
                : "";
    }

    private static String head(Situation now) {
        return now.archives() instanceof ArchivesView.Seen seen
                ? seen.document()
                        .flatMap(LineageDocument::head)
                        .map(Listed::name)
                        .orElse("its start")
                : "its last backup";
    }

    /// Deactivates one revision.
    static Decision stop(String revision, RolloutDocument rollout, List<Note> notes, Memory memory) {
        return new Decision(
                Progress.reconciling(
                        "WaitingForSeal",
                        "revision " + revision + " is being deactivated; its replica's last backup is waited for"),
                new Decision.Action.Stop(
                        revision,
                        rollout.at(Stage.STOPPING),
                        new Note(
                                false,
                                "RevisionStopped",
                                "revision " + revision + " was deactivated, so that its last backup is made before the"
                                        + " template changes")),
                Decider.SOON,
                notes,
                memory.stopped(revision));
    }

    /// Has the revision serve again.
    static Decision back(RolloutDocument rollout, String why, Memory memory) {
        String sentence = "revision " + rollout.serving() + " serves again: " + why;
        return new Decision(
                Progress.reconciling("RolloutReturned", sentence),
                new Decision.Action.Start(
                        rollout.serving(), rollout.at(Stage.RETURNING), new Note(true, "RolloutReturned", sentence)),
                Decider.SOON,
                List.of(),
                memory);
    }

    /// Blob, which tells what was begun, can't be seen; nor is anything sent meanwhile, for what may be long.
    static Decision unseen(Decision planned, Running running, String stopped) {
        boolean nobodyServes = running.none()
                && running.revision(stopped).isPresent()
                && running.revisions().stream().noneMatch(Revision::active);
        if (!nobodyServes || !(planned.action() instanceof Decision.Action.Nothing)) {
            return planned;
        }
        String sentence =
                "revision " + stopped + " serves again: " + planned.progress().message();
        return new Decision(
                Progress.reconciling("RolloutReturned", sentence),
                new Decision.Action.Start(stopped, null, new Note(true, "RolloutReturned", sentence)),
                Decider.SOON,
                List.of(),
                planned.memory());
    }

    private static Decision over(RolloutDocument rollout, Memory memory) {
        return new Decision(
                Progress.reconciling("RolloutReturned", "revision " + rollout.serving() + " serves again"),
                new Decision.Action.Keep(rollout.at(Stage.ENDED)),
                Decider.SOON,
                List.of(),
                memory);
    }
}
