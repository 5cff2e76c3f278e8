package dev.jellykeep.operator.desired;

/// One thing that has to be mended first.
///
/// @param what is wrong, on what: a clause without full stop
/// @param mend the command, or the lines of YAML, that mend it
public record Refusal(RefusalReason reason, String what, String mend) {
    /// One line for conditions and logs.
    public String message() {
        return what + ": " + mend;
    }
}
