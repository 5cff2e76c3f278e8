package dev.jellykeep.contract.settings;

import org.jspecify.annotations.Nullable;

/// Who hears of backups without asking.
///
/// @param heartbeat pinged after each good one; null: nobody
/// @param webhook told when it turns bad, or good again; null: nobody
public record NotifySettings(
        @Nullable SecretUrl heartbeat, @Nullable SecretUrl webhook) {}
