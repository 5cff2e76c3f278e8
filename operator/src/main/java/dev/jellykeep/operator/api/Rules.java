package dev.jellykeep.operator.api;

/// Parts of validation rules that several records use.
final class Rules {
    /// Go's form, without days, fractions of a nanosecond, or a sign; as the agent reads it.
    static final String DURATION = "^([0-9]{1,9}([.][0-9]{1,9})?(h|m|s|ms))+$";

    private Rules() {}
}
