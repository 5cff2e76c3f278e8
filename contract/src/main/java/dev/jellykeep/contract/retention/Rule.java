package dev.jellykeep.contract.retention;

/// What decided on an archive.
public enum Rule {
    HEAD,
    PROVEN_ANCESTOR,
    IN_USE,
    ROLLOUT,
    NOT_UNDERSTOOD,
    /// The clock contradicts the archives, so nothing is dropped.
    CLOCK,
    MINIMUM,
    LAST,
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY,
    WITHIN,
    PRE_ROLLOUT,
    EARLIER_MIGRATION,
    /// No rule keeps it: the only reason to drop.
    NONE
}
