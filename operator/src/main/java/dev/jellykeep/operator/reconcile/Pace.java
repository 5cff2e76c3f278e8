package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.settings.DurationText;
import java.time.Duration;

/// How often things are looked at.
final class Pace {
    /// Blob is looked at no more often than this while nothing is open.
    static final Duration BLOB_USUAL = Duration.ofMinutes(10);

    /// While something is open.
    static final Duration SOON = Duration.ofSeconds(15);

    private static final Duration UNREADABLE = Duration.ofMinutes(10);

    private Pace() {}

    /// `drift.checkInterval`; the schema's default for one that no schema has seen.
    static Duration usual(PolicyView policy) {
        return DurationText.parse(policy.spec().drift().checkInterval())
                        instanceof ParsedText.Ok<Duration>(Duration time)
                ? time
                : UNREADABLE;
    }
}
