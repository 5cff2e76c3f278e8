package dev.jellykeep.contract.retention;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// A calendar period of which the newest archive stays. Formatted, a time is the period that it lies in: UTC, ISO
/// weeks.
enum Period {
    HOUR(Rule.HOURLY, "hour", DateTimeFormatter.ofPattern("uuuu-MM-dd HH'h'", Locale.ROOT)),
    DAY(Rule.DAILY, "day", DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)),
    WEEK(Rule.WEEKLY, "week", isoWeek()),
    MONTH(Rule.MONTHLY, "month", DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT)),
    YEAR(Rule.YEARLY, "year", DateTimeFormatter.ofPattern("uuuu", Locale.ROOT));

    private final Rule rule;
    private final String word;
    private final DateTimeFormatter format;

    Period(Rule rule, String word, DateTimeFormatter format) {
        this.rule = rule;
        this.word = word;
        this.format = format;
    }

    String of(OffsetDateTime utc) {
        return format.format(utc);
    }

    int count(RetentionRules rules) {
        return switch (this) {
            case HOUR -> rules.hourly();
            case DAY -> rules.daily();
            case WEEK -> rules.weekly();
            case MONTH -> rules.monthly();
            case YEAR -> rules.yearly();
        };
    }

    Reason reason(String period, int nth, int of) {
        return new Reason(rule, "newest of %s %s (%d of %d)".formatted(word, period, nth, of));
    }

    /// The pattern letter `w` follows the locale, whose data a small runtime image may lack.
    private static DateTimeFormatter isoWeek() {
        return new DateTimeFormatterBuilder()
                .appendValue(IsoFields.WEEK_BASED_YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
                .appendLiteral("-W")
                .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
                .toFormatter(Locale.ROOT);
    }
}
