package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.store.StoreException;
import java.util.Optional;

/// A template that can't be sent while a revision is deactivated for its sake: the next look has to know since when.
final class Stopped {
    private Stopped() {}

    /// Whether the revision is deactivated, or may be.
    static boolean isBegun(Situation now) {
        return stage(now).filter(Stopped::mayBe).isPresent();
    }

    /// Whether a rollout at that stage may have left its revision deactivated.
    static boolean mayBe(Stage stage) {
        return stage != Stage.ASKED && stage != Stage.ENDED;
    }

    private static Optional<Stage> stage(Situation now) {
        return now.rollout().map(each -> each.document().stage());
    }

    /// Keeps that the template was refused. What can't be kept now is kept at the next refusal.
    ///
    /// @param forGood the same template will never be taken
    static void refused(Situation now, Folder folder, boolean forGood) {
        if (stage(now)
                .filter(each -> each == Stage.STOPPING || (forGood && each == Stage.REFUSED))
                .isEmpty()) {
            return;
        }
        RolloutDocument rollout = now.rollout().orElseThrow().document();
        try {
            folder.ask(requests ->
                    requests.rollout(forGood ? rollout.at(Stage.RETURNING).forGood() : rollout.at(Stage.REFUSED)));
        } catch (StoreException _) {
            // the template is sent again, and refused again
        }
    }
}
