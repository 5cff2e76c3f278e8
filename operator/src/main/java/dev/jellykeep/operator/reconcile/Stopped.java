package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.status.StatusText;
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

    /// Where the operator may no longer touch the app: what a person has to do, if it has left a revision deactivated.
    static Progress left(Progress denied, PolicyView policy) {
        String revision = StatusText.memory(policy.status()).stopped();
        return revision == null
                ? denied
                : Progress.stalled(
                        denied.reason(),
                        denied.message() + "; its rollout has deactivated revision " + revision
                                + ", so that nobody serves: "
                                + command(policy.spec().containerApp().resourceId(), revision));
    }

    /// By which a person has a revision serve again.
    static String command(String app, String revision) {
        String[] parts = app.split("/", -1);
        return "az containerapp revision activate --revision " + revision + " --resource-group " + parts[4] + " --name "
                + parts[8];
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
