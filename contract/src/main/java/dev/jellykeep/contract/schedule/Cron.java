package dev.jellykeep.contract.schedule;

import dev.jellykeep.contract.ParsedText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Times of a calendar as cron writes them: minute, hour, day of month, month, day of week (0 and 7 are Sunday), in
/// UTC.
/// As there, a day counts if either of its two fields names it, where both are given.
public final class Cron {
    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *");
    /// A day of the year comes within this time, 29 February included.
    private static final int MOST_DAYS = 8 * 366 + 1;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;

    private Cron(List<BitSet> fields, boolean eitherDay) {
        minutes = fields.get(0);
        hours = fields.get(1);
        days = fields.get(2);
        months = fields.get(3);
        weekdays = fields.get(4);
        this.eitherDay = eitherDay;
    }

    /// Reads five fields of numbers, ranges, lists and steps, or one of the nicknames from `@hourly` to `@monthly`.
    public static ParsedText<Cron> parse(String text) {
        String[] parts = NICKNAMES.getOrDefault(text.strip(), text.strip()).split("\\s+", -1);
        if (parts.length != 5) {
            return ParsedText.bad("a schedule has five fields: write one like 0 4 * * 1, or @weekly");
        }
        int[] least = {0, 0, 1, 1, 0};
        int[] most = {59, 23, 31, 12, 7};
        List<BitSet> fields = new java.util.ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            Optional<BitSet> field = field(parts[i], least[i], most[i]);
            if (field.isEmpty()) {
                return ParsedText.bad("its field \"" + parts[i] + "\" is none of " + least[i] + " to " + most[i]
                        + ": write a number, *, 1-5, 1,3 or */15");
            }
            fields.add(field.get());
        }
        if (fields.get(4).get(7)) {
            fields.get(4).set(0);
        }
        Cron cron = new Cron(fields, !parts[2].startsWith("*") && !parts[4].startsWith("*"));
        return cron.lastBefore(Instant.parse("2028-12-31T23:59:59Z")).isPresent()
                ? ParsedText.ok(cron)
                : ParsedText.bad("it never comes, such as 30 February: write a day that there is");
    }

    private static Optional<BitSet> field(String text, int least, int most) {
        BitSet set = new BitSet();
        for (String part : text.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            if (stepped.length > 2 || !(stepped.length == 1 || stepped[1].matches("[1-9][0-9]?"))) {
                return Optional.empty();
            }
            int step = stepped.length == 2 ? Integer.parseInt(stepped[1]) : 1;
            int from = least;
            int to = most;
            if (!stepped[0].equals("*")) {
                String[] range = stepped[0].split("-", -1);
                if (range.length > 2
                        || !range[0].matches("[0-9]{1,2}")
                        || !range[range.length - 1].matches("[0-9]{1,2}")) {
                    return Optional.empty();
                }
                from = Integer.parseInt(range[0]);
                to = range.length == 2 ? Integer.parseInt(range[1]) : stepped.length == 2 ? most : from;
            }
            if (from < least || to > most || from > to) {
                return Optional.empty();
            }
            for (int value = from; value <= to; value += step) {
                set.set(value);
            }
        }
        return Optional.of(set);
    }

    /// The last time that is not after `moment`.
    ///
    /// @return empty only for a schedule that never comes
    public Optional<Instant> lastBefore(Instant moment) {
        OffsetDateTime at = moment.atOffset(ZoneOffset.UTC);
        LocalDate day = at.toLocalDate();
        int latest = at.getHour() * 60 + at.getMinute();
        for (int i = 0; i < MOST_DAYS; i++, day = day.minusDays(1), latest = 24 * 60 - 1) {
            if (!matches(day)) {
                continue;
            }
            for (int minute = latest; minute >= 0; minute--) {
                if (hours.get(minute / 60) && minutes.get(minute % 60)) {
                    return Optional.of(day.atTime(minute / 60, minute % 60).toInstant(ZoneOffset.UTC));
                }
            }
        }
        return Optional.empty();
    }

    private boolean matches(LocalDate day) {
        boolean ofMonth = days.get(day.getDayOfMonth());
        boolean ofWeek = weekdays.get(day.getDayOfWeek().getValue() % 7);
        return months.get(day.getMonthValue()) && (eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }
}
