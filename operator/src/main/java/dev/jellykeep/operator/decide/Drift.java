package dev.jellykeep.operator.decide;

import dev.jellykeep.operator.api.DriftMode;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Presence;
import java.time.Instant;

/// Somebody else changed our parts of the template; DESIGN §4.2.
final class Drift {
    private static final String OURS = "[jellykeep-";

    private Drift() {}

    /// The injection is what it was when it last settled, and yet the app differs; or a container of ours is gone,
    /// which no policy asks for. A container that the policy newly lets us take over is no drift.
    static boolean is(Situation now, Plan.Patch patch, Memory memory) {
        boolean takesOver = now.generation() != memory.appliedGeneration()
                && patch.changes().stream()
                        .allMatch(each -> each.after() == null && !each.path().contains(OURS));
        return memory.applied() != null
                && (patch.live() != Presence.WHOLE || memory.applied().equals(now.digest()))
                && !takesOver;
    }

    /// Memory was lost, and with it whether the policy or the app changed. Where nothing may be corrected, the app is
    /// taken for the one that did.
    static boolean lost(Situation now, Memory memory) {
        return memory.applied() == null
                && now.digest() != null
                && now.spec().drift().mode() == DriftMode.WARN
                && now.live().isPresent();
    }

    static String by(Situation now) {
        return now.lastWriter().isEmpty() ? "somebody" : now.lastWriter();
    }

    static String cost(Situation now, Plan.Patch patch, Memory memory) {
        Instant since = memory.driftSince() == null ? now.now() : memory.driftSince();
        String how = switch (patch.live()) {
            case WHOLE -> " had them changed";
            case RESTORE_ONLY -> " ran without backups";
            case AGENT_ONLY -> " ran without restore";
            case NONE -> " ran without them";
        };
        return "our parts were changed by " + by(now) + "; revision " + now.latest() + how + " from " + since + " to "
                + now.now();
    }

    static String conflict(Situation now, Memory memory) {
        return by(now) + " keeps changing our parts; they were put back "
                + memory.corrections().size()
                + " times within " + now.spec().drift().correctionBudget().window()
                + " and are left alone now: take them into that party's template (jellykeep-operator render), or make it"
                + " ignore them; missing: ";
    }
}
