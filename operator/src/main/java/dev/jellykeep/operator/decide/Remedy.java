package dev.jellykeep.operator.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.RollbackPolicy;
import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Rollback;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What becomes of an app whose newest revision doesn't get ready, and that nobody serves; DESIGN §4.2. Never costs a
/// disk, and is done once per spec.
final class Remedy {
    private Remedy() {}

    /// Empty where nothing is sent.
    ///
    /// @param failed why the revision doesn't get ready
    static Optional<Decision> of(Situation now, Running running, Progress failed, Memory memory) {
        String stable = now.latestReady();
        boolean free = running.complete()
                && (running.idle(now.latest())
                        || wroteNothing(running, now.latest())
                        || now.spec().rollout().rollback() == RollbackPolicy.FORCE);
        if (stable.isEmpty()
                || stable.equals(now.latest())
                || running.servesWithout(now.latest())
                || memory.rolledBack(now.generation())
                || !free) {
            return Optional.empty();
        }
        JsonNode template = now.stable();
        if (template == null) {
            return Optional.of(
                    new Decision(failed, new Decision.Action.LookBack(stable), Duration.ZERO, List.of(), memory));
        }
        return Rollback.plan(now.policy(), now.app(), template).map(patch -> send(now, stable, patch, failed, memory));
    }

    private static Decision send(Situation now, String stable, Plan.Patch patch, Progress failed, Memory memory) {
        String sentence = "our parts go back to those of revision " + stable + ", since " + failed.message();
        return new Decision(
                Progress.reconciling("RollingBack", sentence),
                new Decision.Action.Send(patch.body(), new Note(true, "RolledBack", sentence), null),
                Decider.SOON,
                List.of(new Note(true, failed.reason(), failed.message())),
                memory.rollBack(now.digest(), now.generation()));
    }

    /// Once rolled back, the same template is not sent again before somebody edits the policy.
    static Optional<Decision> rest(Situation now, Memory memory, Duration usual) {
        boolean same = memory.rolledBack(now.generation())
                && memory.failed() != null
                && memory.failed().equals(now.digest());
        return same
                ? Optional.of(Decision.of(
                        Progress.stalled(
                                "RolledBack",
                                "the app has our parts as they were before this policy's last change, with which its"
                                        + " revision did not get ready (event RolledBack says why): change the policy"
                                        + " or the app"),
                        usual,
                        memory.notWaiting()))
                : Optional.empty();
    }

    /// No container of the app has begun in any of its replicas: one before them, such as the restore, never ended.
    private static boolean wroteNothing(Running running, String latest) {
        List<Replica> all = running.all().toList();
        return !all.isEmpty() && all.equals(running.of(latest)) && all.stream().allMatch(Remedy::neverBegan);
    }

    private static boolean neverBegan(Replica replica) {
        return replica.initContainers().stream().anyMatch(Remedy::neverEnded)
                && replica.containers().stream().noneMatch(each -> each.ready() || each.restartCount() > 0);
    }

    private static boolean neverEnded(ContainerStatus init) {
        String state = init.runningState().toLowerCase(Locale.ROOT);
        return !init.ready() && !state.equals("terminated");
    }
}
