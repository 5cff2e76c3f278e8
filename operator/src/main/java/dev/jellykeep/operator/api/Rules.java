package dev.jellykeep.operator.api;

/// Parts of validation rules that several records use.
final class Rules {
    /// Go's form, without days, fractions of a nanosecond, or a sign, and with the larger units first; as the agent
    /// reads
    /// it. No more digits than 64 bits of nanoseconds hold.
    static final String DURATION = "^([0-9]{1,6}([.][0-9]{1,9})?h)?([0-9]{1,7}([.][0-9]{1,9})?m)?"
            + "([0-9]{1,9}([.][0-9]{1,9})?s)?([0-9]{1,9}([.][0-9]{1,9})?ms)?$";

    /// What Azure lets a resource group's name be, for CEL's strings; others have a meaning in URLs and shells.
    static final String GROUP = "[\\\\p{L}\\\\p{N}_().-]*[\\\\p{L}\\\\p{N}_()-]";

    private Rules() {}
}
