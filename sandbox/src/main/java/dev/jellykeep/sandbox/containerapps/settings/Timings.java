package dev.jellykeep.sandbox.containerapps.settings;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// How long things take. They are read when the thing begins.
public final class Timings {
    /// One span of time.
    public enum Span {
        /// the least an operation lasts
        OPERATION("PT0S", "PT2S"),
        /// from a replica's creation to its first container's start
        SCHEDULE("PT0S", "PT3S"),
        /// an init container's run
        INIT_RUN("PT0S", "PT2S"),
        /// from an app container's start to its readiness
        READY("PT0S", "PT3S"),
        /// from SIGTERM to the end of a replica, where the grace period isn't shorter
        STOP("PT0S", "PT2S"),
        /// from the new revision's readiness to the old one's deactivation
        OVERLAP("PT0S", "PT5S"),
        /// from a revision's activation to its failure, unless it got ready
        PROGRESS_DEADLINE("PT10M", "PT10M"),
        /// from a replica's creation to its identity endpoint, with `LATE_IDENTITY`
        IDENTITY_DELAY("PT0S", "PT2S"),
        /// from a role assignment's creation to its effect
        ROLE_PROPAGATION("PT0S", "PT0S"),
        /// the wait before the first restart of a container; doubled each time
        FIRST_BACK_OFF("PT10S", "PT10S"),
        /// the longest wait before a restart
        LONGEST_BACK_OFF("PT5M", "PT5M");

        private final Duration instant;
        private final Duration lifelike;

        Span(String instant, String lifelike) {
            this.instant = Duration.parse(instant);
            this.lifelike = Duration.parse(lifelike);
        }
    }

    private final Map<Span, Duration> spans;

    private Timings(Map<Span, Duration> spans) {
        this.spans = spans;
    }

    /// No time at all, but for deadlines and back-off.
    public static Timings instant() {
        var spans = new TreeMap<Span, Duration>();
        for (var span : Span.values()) {
            spans.put(span, span.instant);
        }
        return new Timings(spans);
    }

    /// Of the service's order, for people.
    public static Timings lifelike() {
        var spans = new TreeMap<Span, Duration>();
        for (var span : Span.values()) {
            spans.put(span, span.lifelike);
        }
        return new Timings(spans);
    }

    public Timings with(Span span, Duration length) {
        if (length.isNegative()) {
            throw new IllegalArgumentException(span + " is " + length + ": give a length of time that isn't negative.");
        }
        var changed = new TreeMap<>(spans);
        changed.put(span, length);
        return new Timings(changed);
    }

    public Duration of(Span span) {
        return spans.getOrDefault(span, Duration.ZERO);
    }
}
