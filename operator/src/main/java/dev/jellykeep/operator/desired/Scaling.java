package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.ScalePolicy;
import java.util.Locale;

/// One replica of one revision: two would each write a history of their own.
final class Scaling {
    private static final int AZURES_MOST = 10;
    private static final int AZURES_COOLDOWN = 300;
    private static final int AFTER_GRACE = 120;

    private Scaling() {}

    static void check(AppTree app, AppName name, ScalePolicy policy, Findings findings) {
        revisions(app, name, findings);
        int least = app.template().path("scale").path("minReplicas").asInt(0);
        if (least > 1 || (most(app) != 1 && policy == ScalePolicy.CHECK)) {
            findings.refuse(
                    RefusalReason.MULTIPLE_REPLICAS_ALLOWED,
                    "%s may run %d replicas at a time (minReplicas %d, maxReplicas %s)"
                            .formatted(name, Math.max(least, most(app)), least, shown(app)),
                    (least > 1 ? "" : "write spec.scale: Enforce, or: ")
                            + name.az("update", "--min-replicas %d --max-replicas 1".formatted(Math.min(least, 1))));
        }
    }

    static int most(AppTree app) {
        JsonNode most = MaxReplicas.live(app);
        return most.isIntegralNumber() ? most.asInt() : AZURES_MOST;
    }

    static void cooldown(AppTree app, AppName name, Grace grace, Findings findings) {
        JsonNode live = app.template().path("scale").path("cooldownPeriod");
        long cooldown = live.isIntegralNumber() ? live.asLong() : AZURES_COOLDOWN;
        long enough = grace.seconds() + AFTER_GRACE;
        if (cooldown < enough) {
            findings.warn(
                    WarningReason.SHORT_COOLDOWN,
                    "cooldownPeriod of %s is %d s, shorter than the grace period and %d s: a replica that scales in may still"
                                    .formatted(name, cooldown, AFTER_GRACE)
                            + " be writing when the next one starts; "
                            + name.edit("set properties.template.scale.cooldownPeriod: " + enough));
        }
    }

    private static void revisions(AppTree app, AppName name, Findings findings) {
        String mode = Members.text(app.configuration(), "activeRevisionsMode");
        if (mode != null && !mode.toLowerCase(Locale.ROOT).equals("single")) {
            findings.refuse(
                    RefusalReason.MULTIPLE_REVISIONS,
                    "%s may run several revisions at a time (activeRevisionsMode %s)".formatted(name, mode),
                    name.az("revision set-mode", "--mode single"));
        }
    }

    private static String shown(AppTree app) {
        return MaxReplicas.live(app).isIntegralNumber()
                ? Integer.toString(most(app))
                : AZURES_MOST + ", which is Azure's default";
    }
}
