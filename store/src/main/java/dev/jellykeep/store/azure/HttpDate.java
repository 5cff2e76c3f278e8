package dev.jellykeep.store.azure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Times as HTTP writes them: `Sun, 01 Nov 2026 08:00:00 GMT`.
final class HttpDate {
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

    private HttpDate() {}

    /// Always with two digits of the day, which the JDK's own format doesn't write and the service wants.
    static String of(Instant instant) {
        var time = instant.atOffset(ZoneOffset.UTC);
        return name(DAYS, time.getDayOfWeek().getValue()) + ", " + two(time.getDayOfMonth()) + " "
                + name(MONTHS, time.getMonthValue()) + " " + time.getYear() + " " + two(time.getHour()) + ":"
                + two(time.getMinute()) + ":" + two(time.getSecond()) + " GMT";
    }

    /// Reads one.
    ///
    /// @throws java.time.format.DateTimeParseException if it is none
    static Instant parse(String text) {
        var usual = text.length() == 29 && text.endsWith(" GMT") ? usual(text) : null;
        return usual != null ? usual : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
    }

    /// The form that {@link #of} writes, which every service sends: the JDK's parser, for all forms, costs a start
    /// more than all else that reads a reply. Null if it isn't that one.
    private static @Nullable Instant usual(String text) {
        var month = MONTHS.indexOf(text.substring(8, 11));
        if (month < 0 || month % 3 != 0) {
            return null;
        }
        try {
            var date = LocalDate.of(number(text, 12, 16), month / 3 + 1, number(text, 5, 7));
            var time = LocalTime.of(number(text, 17, 19), number(text, 20, 22), number(text, 23, 25));
            var instant = date.atTime(time).toInstant(ZoneOffset.UTC);
            return of(instant).equals(text) ? instant : null;
        } catch (DateTimeException | NumberFormatException _) {
            return null;
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static String name(String names, int number) {
        return names.substring(3 * number - 3, 3 * number);
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }
}
