package dev.jellykeep.operator.arm.azure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Function;

/// How long a reply wants us to wait: `retry-after-ms`, `x-ms-retry-after-ms`, or `Retry-After` in
/// seconds or as a date, as `az` reads them.
final class RetryAfter {
    /// Nobody means more: it would stop a subscription's bucket for as long.
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /// Zero if it says nothing, or nothing that makes sense.
    ///
    /// @param headers a header's first value by its name, in any case
    static Duration of(Function<String, Optional<String>> headers, InstantSource clock) {
        var said = milliseconds(headers, "retry-after-ms")
                .or(() -> milliseconds(headers, "x-ms-retry-after-ms"))
                .or(() -> headers.apply("Retry-After").flatMap(text -> secondsOrDate(text.strip(), headers, clock)))
                .orElse(Duration.ZERO);
        return said.isNegative() ? Duration.ZERO : said.compareTo(LONGEST) > 0 ? LONGEST : said;
    }

    private static Optional<Duration> milliseconds(Function<String, Optional<String>> headers, String name) {
        return headers.apply(name).flatMap(RetryAfter::number).map(Duration::ofMillis);
    }

    private static Optional<Duration> secondsOrDate(
            String text, Function<String, Optional<String>> headers, InstantSource clock) {
        return number(text)
                .map(Duration::ofSeconds)
                .or(() -> date(text).map(until -> {
                    // Its own clock, where it says: ours may be wrong.
                    var now = headers.apply("Date").flatMap(RetryAfter::date).orElseGet(clock::instant);
                    return Duration.between(now, until);
                }));
    }

    /// At most ten digits, so that no arithmetic overflows.
    private static Optional<Long> number(String text) {
        return text.strip().matches("\\d{1,10}") ? Optional.of(Long.parseLong(text.strip())) : Optional.empty();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
