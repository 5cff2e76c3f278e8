package dev.jellykeep.operator.desired;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.AppResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what there is to do about an app. Pure: equal inputs give equal plans, and planning again
/// after a plan was applied gives {@link Plan.UpToDate}.
public final class Planner {
    private Planner() {}

    /// The patch that makes an app as its policy says, with how it differs now, and the injection alone, under the same
    /// conditions; or, as both, everything that speaks against them.
    public static Planned look(PlanInput in) {
        Findings findings = new Findings();
        Design design = design(in, findings);
        if (design == null) {
            Refused refused = new Refused(findings.refusals());
            return new Planned(refused, refused);
        }
        return new Planned(
                plan(in, design, findings), new Rendering.Block(TemplateEdit.block(design), findings.warnings()));
    }

    /// The plan of {@link #look} alone.
    public static Plan plan(PlanInput in) {
        return look(in).plan();
    }

    /// The injection of {@link #look} alone.
    public static Rendering render(PlanInput in) {
        return look(in).rendering();
    }

    private static Plan plan(PlanInput in, Design design, Findings findings) {
        List<Change> changes = Differences.between(in.tree(), in.policy(), design);
        return changes.isEmpty()
                ? new Plan.UpToDate(findings.warnings())
                : new Plan.Patch(
                        TemplateEdit.inject(in.tree(), design),
                        changes,
                        findings.warnings(),
                        Ours.presence(in.tree(), in.policy()));
    }

    /// Null where findings refuse.
    private static @Nullable Design design(PlanInput in, Findings findings) {
        String id = in.spec().containerApp().resourceId();
        if (AppResourceId.parse(id) instanceof ParsedText.Bad<AppResourceId>(String reason)) {
            findings.refuse(
                    RefusalReason.INVALID_SPEC,
                    "spec.containerApp.resourceId of policy %s is '%s'".formatted(in.policy(), id),
                    reason);
            return null;
        }
        Design design = Design.of(in, AppName.of(id), findings);
        return findings.refusals().isEmpty() ? design : null;
    }
}
