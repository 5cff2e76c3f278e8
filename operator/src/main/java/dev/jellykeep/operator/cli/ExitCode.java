package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.store.StoreException;

/// How the program ends. Numbers are stable: pipelines go by them.
public enum ExitCode {
    OK(0, "done; plan: nothing to do; status: protected; doctor: nothing fails"),
    NOT_PROTECTED(1, "status: the data are not protected, or nobody can say"),
    USAGE(2, "a flag, variable or the policy file is wrong"),
    CHANGES(3, "plan: there is something to send, and it may be sent or waits for a quiet moment"),
    REFUSED(4, "nothing is sent before somebody mends what is said"),
    NOT_YET(5, "apply: the time is over before the app was as planned; trying again goes on"),
    UNREACHABLE(6, "Azure could not be reached; trying again may help"),
    ACCESS_DENIED(7, "Azure refused the credential or its rights"),
    NO_APP(8, "there is no such app"),
    CHECK_FAILED(9, "doctor: something fails"),
    ROLLOUT_FAILED(10, "apply: the newest revision does not get ready"),
    UNEXPECTED(70, "a bug: please report it");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }

    static ExitCode of(ArmException.Kind kind) {
        return switch (kind) {
            case THROTTLED, UNREACHABLE -> UNREACHABLE;
            case UNAUTHENTICATED, FORBIDDEN, NO_CREDENTIAL -> ACCESS_DENIED;
            case INVALID -> USAGE;
        };
    }

    static ExitCode of(StoreException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, NO_SUCH_HOST, CHANGED, MISMATCH, NOT_FOUND -> UNREACHABLE;
            case UNAUTHORIZED, FORBIDDEN, NO_CREDENTIAL, IMMUTABLE -> ACCESS_DENIED;
            case NO_CONTAINER, INVALID -> USAGE;
        };
    }

    /// Of a reconcile that can't go on by itself, or doesn't within the time.
    static ExitCode of(Progress progress) {
        return switch (progress.reason()) {
            case "InvalidTarget" -> NO_APP;
            case "Unauthorized" -> ACCESS_DENIED;
            case "ProgressingWithRetry", "Throttled" -> UNREACHABLE;
            case "RolloutFailed" -> ROLLOUT_FAILED;
            default -> progress.state() == Progress.State.STALLED ? REFUSED : NOT_YET;
        };
    }
}
