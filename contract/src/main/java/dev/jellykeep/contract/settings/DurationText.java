package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.ParsedText;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them: `30s`, `2m`, `1h30m`, `1.5h`, `500ms`, `0`. No days, no sign.
public final class DurationText {
    private static final Map<String, Long> NANOS = Map.of(
            "h", 3_600_000_000_000L,
            "m", 60_000_000_000L,
            "s", 1_000_000_000L,
            "ms", 1_000_000L,
            "us", 1_000L,
            "µs", 1_000L,
            "ns", 1L);
    private static final Map<String, Integer> HOURS_OF_LONG_UNITS = Map.of("d", 24, "day", 24, "days", 24, "w", 168);
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)([^0-9.]*)");
    private static final int LONGEST = 64;

    private DurationText() {}

    /// Reads a duration of 0 up to about 292 years, exact to the nanosecond.
    public static ParsedText<Duration> parse(String text) {
        if (text.equals("0")) {
            return ParsedText.ok(Duration.ZERO);
        }
        Long usual = UsualNumber.parse(text, NANOS);
        if (usual != null) {
            return ParsedText.ok(Duration.ofNanos(usual));
        }
        if (text.isEmpty() || text.length() > LONGEST) {
            return notADuration();
        }
        if (text.startsWith("-")) {
            return ParsedText.bad("a duration can't be negative; write it without the minus sign");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!part.find(end) || part.start() != end) {
                return notADuration();
            }
            String number = part.group(1);
            String unit = part.group(2);
            Long unitNanos = NANOS.get(unit);
            if (unitNanos == null) {
                return unit.isEmpty() ? missingUnit(number) : unknownUnit(number, unit);
            }
            nanos = nanos.add(new BigDecimal(number).multiply(BigDecimal.valueOf(unitNanos)));
            end = part.end();
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return ParsedText.bad("a duration can't be longer than 292 years; write a shorter one");
        }
        return ParsedText.ok(Duration.ofNanos(nanos.longValue()));
    }

    /// The shortest form that {@link #parse} reads back: `1h30m`, `2m`, `0s`.
    ///
    /// @throws IllegalArgumentException if `duration` is negative
    public static String format(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("negative duration " + duration);
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        append(text, duration.toNanosPart() / 1_000 % 1_000, "us");
        append(text, duration.toNanosPart() % 1_000, "ns");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count != 0) {
            text.append(count).append(unit);
        }
    }

    private static ParsedText<Duration> missingUnit(String number) {
        return ParsedText.bad("a duration needs a unit; write %1$ss, %1$sm or %1$sh".formatted(number));
    }

    private static ParsedText<Duration> unknownUnit(String number, String unit) {
        Integer hours = HOURS_OF_LONG_UNITS.get(unit);
        if (hours != null) {
            String inHours = new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(hours))
                    .stripTrailingZeros()
                    .toPlainString();
            return ParsedText.bad("a duration has no unit \"%s\"; write %sh".formatted(unit, inHours));
        }
        return ParsedText.bad(
                "a duration has no unit \"%s\"; the units are h, m, s and ms, as in 1h30m".formatted(unit.strip()));
    }

    private static ParsedText<Duration> notADuration() {
        return ParsedText.bad("that isn't a duration; write one like 30s, 15m or 1h30m");
    }
}
