package dev.jellykeep.sandbox.containerapps.http;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// What happens to requests instead of their answer.
///
/// @param methods which; all where empty
/// @param pathContains a part of the path, in any case; all where empty
/// @param times how many requests
/// @param until not after this
public record Fault(Set<String> methods, String pathContains, long times, Optional<Instant> until, Outcome outcome) {
    public Fault {
        methods = Set.copyOf(methods);
    }

    /// What happens.
    public sealed interface Outcome {}

    /// An error.
    ///
    /// @param retryAfter seconds; none where empty
    /// @param bare without `error` around it
    public record Answer(int status, String code, String message, Optional<Integer> retryAfter, boolean bare)
            implements Outcome {}

    /// The connection is closed, and nothing done.
    public record Reset() implements Outcome {}

    /// What was asked is done, and the connection closed instead of an answer.
    public record LoseReply() implements Outcome {}

    /// Nothing, until hanging requests are released; then the answer.
    public record Hang() implements Outcome {}

    /// The next request, of any kind.
    public static Fault next(Outcome outcome) {
        return new Fault(Set.of(), "", 1, Optional.empty(), outcome);
    }

    /// No request passes until then.
    public static Fault down(Instant until) {
        return new Fault(Set.of(), "", Long.MAX_VALUE, Optional.of(until), new Reset());
    }

    /// An error without more.
    public static Answer answer(int status, String code) {
        return new Answer(status, code, "This answer was scripted.", Optional.empty(), false);
    }

    /// 429 with the seconds to wait.
    public static Answer throttled(int seconds) {
        return new Answer(429, "TooManyRequests", "This answer was scripted.", Optional.of(seconds), false);
    }

    public Fault times(long count) {
        return new Fault(methods, pathContains, count, until, outcome);
    }

    public Fault onMethods(String... only) {
        return new Fault(Set.of(only), pathContains, times, until, outcome);
    }

    public Fault onPath(String part) {
        return new Fault(methods, part, times, until, outcome);
    }
}
