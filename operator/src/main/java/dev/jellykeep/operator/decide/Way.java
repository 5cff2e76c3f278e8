package dev.jellykeep.operator.decide;

import dev.jellykeep.operator.api.RolloutStrategy;
import dev.jellykeep.operator.api.UpdatePolicy;
import dev.jellykeep.operator.desired.Plan;
import java.time.Duration;

/// How a changed template gets to an app that runs.
enum Way {
    /// Not before the app is idle.
    WAIT,
    /// Once its replica has saved and ended.
    RECREATE,
    /// Beside it.
    OVERLAP;

    /// @param onShare two servers that write one share destroy its databases
    static Way of(Situation now, Plan.Patch patch, boolean drift, Memory memory, boolean onShare) {
        if (patch.firstInjection() || bySurprise(now, patch, drift, memory)) {
            return WAIT;
        }
        return switch (now.spec().rollout().strategy()) {
            case RECREATE -> RECREATE;
            case OVERLAP -> onShare ? WAIT : OVERLAP;
            case WHEN_IDLE -> isLate(now, memory) ? RECREATE : WAIT;
        };
    }

    /// Nobody edited the policy, and nobody changed our parts: it is the operator's own release that differs.
    private static boolean bySurprise(Situation now, Plan.Patch patch, boolean drift, Memory memory) {
        return now.spec().agent().updatePolicy() == UpdatePolicy.WHEN_IDLE
                && now.spec().agent().image() == null
                && !drift
                && (patch.onlyAgentImage()
                        || (memory.applied() != null && memory.appliedGeneration() == now.generation()));
    }

    private static boolean isLate(Situation now, Memory memory) {
        return memory.waitingSince() != null
                && Duration.between(memory.waitingSince(), now.now())
                                .compareTo(Decider.time(now.spec().rollout().maxWait()))
                        >= 0;
    }

    /// Why it waits.
    static String why(Situation now, boolean onShare) {
        if (onShare && now.spec().rollout().strategy() == RolloutStrategy.OVERLAP) {
            return "two servers must never write one share on Azure Files";
        }
        return now.spec().rollout().strategy() == RolloutStrategy.WHEN_IDLE
                ? "rollout.strategy is WhenIdle"
                : "a new release of the operator alone is no reason to replace a running replica";
    }
}
