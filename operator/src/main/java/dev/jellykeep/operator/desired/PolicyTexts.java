package dev.jellykeep.operator.desired;

import dev.jellykeep.contract.settings.OnNoBackup;
import dev.jellykeep.contract.settings.Setting;
import dev.jellykeep.operator.api.NoBackupAction;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.RetentionSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The settings that a policy's author has written, as texts. What may change often isn't among them:
/// it goes through Blob.
final class PolicyTexts {
    private final Map<Setting, String> texts = new EnumMap<>(Setting.class);

    private PolicyTexts() {}

    static Map<Setting, String> of(PolicySpec spec) {
        PolicyTexts t = new PolicyTexts();
        t.put(Setting.ACCOUNT_URL, spec.storage().accountUrl());
        t.put(Setting.CONTAINER, spec.storage().container());
        t.put(Setting.PREFIX, spec.storage().prefix());
        t.put(Setting.INTERVAL, spec.interval());
        t.put(Setting.INITIAL_DELAY, spec.initialDelay());
        t.put(Setting.MIN_SIZE, spec.minSize());
        t.put(Setting.MAX_SHRINK_PERCENT, spec.maxShrinkPercent());
        t.lines(Setting.INCLUDE, spec.include());
        t.lines(Setting.EXCLUDE, spec.exclude());
        t.retention(spec.retention());
        t.put(Setting.ON_NO_BACKUP, onNoBackup(spec.restore().onNoBackup()).text());
        t.put(Setting.RESTORE_TIMEOUT, spec.restore().timeout());
        t.put(Setting.HANDOFF_TIMEOUT, spec.rollout().handoffTimeout());
        return t.texts;
    }

    private void retention(RetentionSpec rules) {
        put(Setting.KEEP_LAST, rules.keepLast());
        put(Setting.KEEP_HOURLY, rules.keepHourly());
        put(Setting.KEEP_DAILY, rules.keepDaily());
        put(Setting.KEEP_WEEKLY, rules.keepWeekly());
        put(Setting.KEEP_MONTHLY, rules.keepMonthly());
        put(Setting.KEEP_YEARLY, rules.keepYearly());
        put(Setting.KEEP_WITHIN, rules.keepWithin());
        put(Setting.KEEP_MINIMUM, rules.minimum());
    }

    private static OnNoBackup onNoBackup(NoBackupAction action) {
        return switch (action) {
            case START_EMPTY -> OnNoBackup.START_EMPTY;
            case FAIL -> OnNoBackup.FAIL;
        };
    }

    private void put(Setting setting, @Nullable Object value) {
        if (value != null) {
            texts.put(setting, value.toString());
        }
    }

    private void lines(Setting setting, List<String> lines) {
        put(setting, lines.isEmpty() ? null : String.join("\n", lines));
    }
}
