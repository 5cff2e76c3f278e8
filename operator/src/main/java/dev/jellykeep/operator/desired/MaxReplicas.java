package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.settings.Setting;
import java.util.Optional;
import java.util.regex.Pattern;

/// `scale.maxReplicas`, which `scale: Enforce` sets to 1, and what somebody else last had there.
final class MaxReplicas {
    static final String MEMBER = "maxReplicas";
    static final String NONE = "none";

    private static final int OURS = 1;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

    private MaxReplicas() {}

    /// What to remember: a count, or `none` for a template without one; empty where we neither set it nor have set it.
    static Optional<String> former(AppTree app, PolicyName policy, boolean enforce) {
        return remembered(app, policy).or(() -> enforce ? Optional.of(text(live(app))) : Optional.empty());
    }

    /// What our variables remember; empty where the live value isn't ours, since then somebody has changed it after us.
    static Optional<String> remembered(AppTree app, PolicyName policy) {
        JsonNode live = live(app);
        return live.isIntegralNumber() && live.asInt() == OURS
                ? Ours.all(app, policy)
                        .flatMap(container ->
                                Optional.ofNullable(Env.value(container, Setting.FORMER_MAX_REPLICAS.env())).stream())
                        .filter(former ->
                                former.equals(NONE) || COUNT.matcher(former).matches())
                        .findFirst()
                : Optional.empty();
    }

    static JsonNode live(AppTree app) {
        return app.template().path("scale").path(MEMBER);
    }

    /// For a patch: a number, or `null` for what wasn't there.
    static JsonNode value(String former) {
        return former.equals(NONE) ? Members.JSON.nullNode() : Members.JSON.numberNode(Integer.parseInt(former));
    }

    private static String text(JsonNode live) {
        return live.isIntegralNumber() ? live.asText() : NONE;
    }
}
