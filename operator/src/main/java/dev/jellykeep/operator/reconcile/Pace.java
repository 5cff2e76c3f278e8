package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.settings.DurationText;
import java.time.Duration;

/// How often things are looked at.
final class Pace {
    /// Blob is looked at no less often than this, though the app is.
    private static final Duration BLOB_USUAL = Duration.ofMinutes(10);

    /// While something is open.
    static final Duration SOON = Duration.ofSeconds(15);

    private static final Duration UNREADABLE = Duration.ofMinutes(10);

    private Pace() {}

    /// How old a look at Blob may be while nothing is open: who has the app looked at more often wants to know of its
    /// data no later.
    static Duration blob(PolicyView policy) {
        Duration usual = usual(policy);
        return usual.compareTo(BLOB_USUAL) < 0 ? usual : BLOB_USUAL;
    }

    /// `drift.checkInterval`; the schema's default for one that no schema has seen.
    static Duration usual(PolicyView policy) {
        return DurationText.parse(policy.spec().drift().checkInterval())
                        instanceof ParsedText.Ok<Duration>(Duration time)
                ? time
                : UNREADABLE;
    }
}
