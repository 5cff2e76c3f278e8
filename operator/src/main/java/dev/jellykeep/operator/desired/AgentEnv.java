package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.jellykeep.contract.settings.DurationText;
import dev.jellykeep.contract.settings.Parsed;
import dev.jellykeep.contract.settings.Problem;
import dev.jellykeep.contract.settings.Setting;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.contract.settings.SizeText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The variables of both our containers: rendered settings without those that have their default value,
/// then what the agent reads its access from.
final class AgentEnv {
    private AgentEnv() {}

    /// What was found in the app.
    record Found(
            Folders folders,
            Grace grace,
            Optional<String> formerMaxReplicas,
            @Nullable Long ephemeralQuota,
            int port) {}

    static Settings settings(PlanInput in, @Nullable Found found, Findings findings) {
        Map<Setting, String> texts = PolicyTexts.of(in.spec());
        texts.put(Setting.LINEAGE, in.lineage().toString());
        texts.put(Setting.APP, in.spec().containerApp().resourceId().toLowerCase(Locale.ROOT));
        texts.put(Setting.POLICY, in.policy().toString());
        texts.put(Setting.CONTRACT, Integer.toString(Settings.CONTRACT_VERSION));
        if (found != null) {
            put(texts, found);
        }
        Parsed parsed = Settings.parse(texts);
        for (Problem problem : parsed.problems()) {
            findings.refuse(
                    RefusalReason.INVALID_SPEC,
                    "policy %s can't be rendered".formatted(in.policy()),
                    problem.sentence());
        }
        return parsed.settings();
    }

    private static void put(Map<Setting, String> texts, Found found) {
        texts.put(Setting.DATA_DIR, found.folders.data().toString());
        texts.put(Setting.CONFIG_DIR, found.folders.config().toString());
        texts.put(Setting.FORMER_GRACE, found.grace.former());
        found.formerMaxReplicas.ifPresent(former -> texts.put(Setting.FORMER_MAX_REPLICAS, former));
        texts.put(Setting.GRACE, DurationText.format(Duration.ofSeconds(found.grace.seconds())));
        if (found.ephemeralQuota != null) {
            texts.put(Setting.EPHEMERAL_QUOTA, SizeText.format(found.ephemeralQuota));
        }
        texts.put(Setting.MANAGEMENT_PORT, Integer.toString(found.port));
    }

    static ArrayNode json(Settings settings, Access access) {
        ArrayNode env = Members.JSON.arrayNode();
        settings.toEnv().forEach((name, value) -> env.add(Env.plain(name, value)));
        return env.addAll(access.env());
    }
}
