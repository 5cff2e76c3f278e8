package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.arm.WriteOutcome;
import dev.jellykeep.operator.decide.Decision;
import dev.jellykeep.operator.decide.Progress;
import java.time.Duration;

/// What became of a patch.
record Sending(Fate fate, Progress progress, Duration again) {
    enum Fate {
        ARRIVED,
        REFUSED,
        /// It may have arrived.
        UNKNOWN,
        /// There is no app any more.
        GONE
    }

    /// @param decision that the patch comes from
    /// @param refused what it is called where Azure never takes it
    /// @param usual time to the next look where nothing changes by itself
    static Sending of(WriteOutcome outcome, Decision decision, String refused, Duration usual) {
        return switch (outcome) {
            case WriteOutcome.Done(), WriteOutcome.Accepted(var _) ->
                new Sending(Fate.ARRIVED, decision.progress(), decision.again());
            case WriteOutcome.Busy(String code, String message, Duration retryAfter) ->
                new Sending(
                        Fate.REFUSED,
                        Progress.reconciling(
                                "Progressing", "Azure is busy with the app (" + code + ": " + message + ")"),
                        retryAfter.compareTo(Pace.SOON) < 0 ? Pace.SOON : retryAfter);
            case WriteOutcome.Rejected(int status, String code, String message, String requestId) ->
                new Sending(
                        Fate.REFUSED,
                        Progress.stalled(
                                refused,
                                "Azure refuses the " + (refused.equals("PatchRejected") ? "patch" : "change") + " ("
                                        + status + " " + code + ": " + message + "; request "
                                        + requestId + "): change the policy or the app"),
                        usual);
            case WriteOutcome.Absent(String code, String message) ->
                new Sending(
                        Fate.GONE,
                        Progress.stalled("InvalidTarget", "the app is gone (" + code + ": " + message + ")"),
                        usual);
            case WriteOutcome.Unknown(String why) ->
                new Sending(
                        Fate.UNKNOWN,
                        Progress.reconciling(
                                "ProgressingWithRetry", "whether what was sent arrived isn't known: " + why),
                        Pace.SOON);
        };
    }
}
