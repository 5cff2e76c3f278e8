package dev.jellykeep.operator.arm.azure;

import java.time.Duration;
import java.time.Instant;

/// A token bucket as a value.
///
/// @param tokens requests that may be sent; below zero: promised to callers who wait
/// @param at when that was so; in the future: nothing may be sent, and nothing trickles in, until then
record BucketLevel(double tokens, Instant at) {
    static BucketLevel full(Limit limit, Instant now) {
        return new BucketLevel(limit.burst(), now);
    }

    /// With what has trickled in since.
    BucketLevel refilled(Limit limit, Instant now) {
        if (!now.isAfter(at)) {
            return this;
        }
        var seconds = Duration.between(at, now).toNanos() / 1e9;
        return new BucketLevel(Math.min(limit.burst(), tokens + seconds * limit.perSecond()), now);
    }

    /// With one request promised.
    BucketLevel taken() {
        return new BucketLevel(tokens - 1, at);
    }

    /// How long whoever was promised a request last has to wait.
    Duration delay(Limit limit, Instant now) {
        var stopped = at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO;
        return tokens >= 0 ? stopped : stopped.plusNanos((long) (-tokens / limit.perSecond() * 1e9));
    }

    /// Closed until then. All promises are void: our count was wrong, or somebody else sends in our
    /// name. So it opens with one request, not with a burst.
    BucketLevel stopped(Instant until) {
        return until.isAfter(at) ? new BucketLevel(1, until) : this;
    }
}
