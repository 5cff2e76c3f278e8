package dev.jellykeep.contract.settings;

import java.time.Duration;

/// How `restore` behaves.
///
/// @param timeout without progress, the hand-off included
/// @param handoffTimeout shorter than `timeout`
public record RestoreSettings(OnNoBackup onNoBackup, Duration timeout, Duration handoffTimeout) {}
