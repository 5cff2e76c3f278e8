package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.decide.Decision;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.reconcile.Preview;

/// What `apply` would do now.
///
/// @param verdict one stable word
/// @param sentence what would happen, and what to do where nothing would
record Outlook(Verdict verdict, String sentence) {
    enum Verdict {
        UP_TO_DATE("up to date", ExitCode.OK),
        SENDS("would be sent now", ExitCode.CHANGES),
        WAITS("would wait", ExitCode.CHANGES),
        REFUSED("refused", ExitCode.REFUSED);

        private final String text;
        private final ExitCode code;

        Verdict(String text, ExitCode code) {
            this.text = text;
            this.code = code;
        }

        String text() {
            return text;
        }

        ExitCode code() {
            return code;
        }
    }

    static Outlook of(Preview.Known seen) {
        Progress progress = seen.next().progress();
        Verdict verdict = switch (seen.situation().plan()) {
            case Plan.UpToDate _ -> Verdict.UP_TO_DATE;
            case Refused _ -> Verdict.REFUSED;
            case Plan.Patch _ -> pending(seen.next());
        };
        return new Outlook(
                verdict,
                seen.situation().plan() instanceof Refused
                        ? "nothing is sent before that is mended"
                        : verdict == Verdict.SENDS ? would(progress.message()) : progress.message());
    }

    private static Verdict pending(Decision next) {
        if (next.action() instanceof Decision.Action.Send) {
            return Verdict.SENDS;
        }
        return next.progress().state() == Progress.State.STALLED ? Verdict.REFUSED : Verdict.WAITS;
    }

    /// The decider speaks as of what is done already.
    private static String would(String done) {
        return done.replaceFirst("^(injection|template|identity settings) sent: ", "$1: ");
    }
}
