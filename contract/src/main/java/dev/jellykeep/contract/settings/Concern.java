package dev.jellykeep.contract.settings;

/// What a setting is about: the part of {@link Settings} that it belongs to.
public enum Concern {
    STORAGE,
    APP,
    INJECTION,
    SCHEDULE,
    GUARDS,
    GLOBS,
    RETENTION,
    RESTORE,
    RUN,
    NOTIFY,
    LIMITS
}
