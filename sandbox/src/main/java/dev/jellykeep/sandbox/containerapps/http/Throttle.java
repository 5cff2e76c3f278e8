package dev.jellykeep.sandbox.containerapps.http;

import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.settings.Bucket;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// ARM's token buckets, per principal, subscription and kind of call (`container-apps.md` §3.5).
final class Throttle {
    private final Map<String, Level> levels = new HashMap<>();

    private record Level(Bucket bucket, double tokens, Instant at) {
        Level refilled(Instant now) {
            var seconds = Duration.between(at, now).toNanos() / 1e9;
            return new Level(bucket, Math.min(bucket.size(), tokens + seconds * bucket.perSecond()), now);
        }
    }

    /// Takes a token.
    ///
    /// @return the header that tells how many are left
    /// @throws ArmRefusal 429 where none is left
    Map<String, String> take(Request request, String principal, String subscription, Settings settings, Instant now) {
        if (!settings.has(Quirk.THROTTLING)) {
            return Map.of();
        }
        var kind = request.isRead() ? "reads" : request.method().equals("DELETE") ? "deletes" : "writes";
        var bucket = switch (kind) {
            case "reads" -> settings.reads();
            case "deletes" -> settings.deletes();
            default -> settings.writes();
        };
        var key = principal + " " + subscription + " " + kind;
        var before = levels.get(key);
        var level = before == null || !before.bucket().equals(bucket)
                ? new Level(bucket, bucket.size(), now)
                : before.refilled(now);
        if (level.tokens() < 1) {
            levels.put(key, level);
            var seconds = (long) Math.ceil((1 - level.tokens()) / bucket.perSecond());
            throw ArmRefusal.of(
                    429,
                    "SubscriptionRequestsThrottled",
                    "Number of " + kind + " for subscription '" + subscription + "' and principal '" + principal
                            + "' exceeded the limit. Please try again after '" + seconds + "' seconds.",
                    Map.of("Retry-After", Long.toString(Math.max(1, seconds))));
        }
        levels.put(key, new Level(bucket, level.tokens() - 1, now));
        return Map.of(
                "x-ms-ratelimit-remaining-subscription-" + kind, Long.toString((long) Math.floor(level.tokens() - 1)));
    }
}
