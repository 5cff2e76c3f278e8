package dev.jellykeep.operator.decide;

/// How far the operator is with its job.
///
/// @param reason one stable word
/// @param message a sentence, with what to do where somebody has to do something
public record Progress(State state, String reason, String message) {
    /// As kstatus tells them apart.
    public enum State {
        READY,
        /// It goes on by itself.
        RECONCILING,
        /// Somebody has to do something.
        STALLED
    }

    public static Progress ready(String reason, String message) {
        return new Progress(State.READY, reason, message);
    }

    public static Progress reconciling(String reason, String message) {
        return new Progress(State.RECONCILING, reason, message);
    }

    public static Progress stalled(String reason, String message) {
        return new Progress(State.STALLED, reason, message);
    }
}
