package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.settings.Setting;
import dev.jellykeep.operator.api.NotifySpec;
import dev.jellykeep.operator.api.SecretReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The variables by which our containers know whom to tell: references to the app's secrets, never a value.
final class NotifyEnv {
    private NotifyEnv() {}

    static List<ObjectNode> of(AppTree app, AppName name, @Nullable NotifySpec spec, Findings findings) {
        List<ObjectNode> env = new ArrayList<>();
        if (spec != null) {
            add(env, Setting.NOTIFY_HEARTBEAT_URL, "heartbeatUrl", spec.heartbeatUrl(), app, name, findings);
            add(env, Setting.NOTIFY_WEBHOOK_URL, "webhookUrl", spec.webhookUrl(), app, name, findings);
        }
        return env;
    }

    private static void add(
            List<ObjectNode> env,
            Setting setting,
            String member,
            @Nullable SecretReference wanted,
            AppTree app,
            AppName name,
            Findings findings) {
        if (wanted == null) {
            return;
        }
        String secret = wanted.secretName();
        boolean there = Members.list(app.configuration(), "secrets").stream()
                .anyMatch(each -> Members.name(each).equals(secret));
        if (!there) {
            findings.refuse(
                    RefusalReason.SECRET_MISSING,
                    "%s has no secret %s, which spec.notify.%s names".formatted(name, secret, member),
                    name.az("secret set", "--secrets '%s=https://ADDRESS'".formatted(secret)));
        }
        env.add(Env.secret(setting.env(), secret));
    }
}
