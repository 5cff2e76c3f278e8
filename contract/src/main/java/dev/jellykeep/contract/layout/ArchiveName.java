package dev.jellykeep.contract.layout;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `backup-YYYYMMDDHHMMSS.tar.gz`: an archive's file name without folder. Orders by time, as its text does.
///
/// @param time UTC, whole seconds, years 0 to 9999
public record ArchiveName(Instant time) implements Comparable<ArchiveName> {
    private static final DateTimeFormatter DIGITS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern SHAPE = Pattern.compile("backup-([0-9]{14})\\.tar\\.gz");
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /// Cuts fractions of a second off.
    ///
    /// @throws IllegalArgumentException for a year that has no four digits
    public ArchiveName {
        time = time.truncatedTo(ChronoUnit.SECONDS);
        if (time.isBefore(FIRST) || time.isAfter(LAST)) {
            throw new IllegalArgumentException("no archive name for the time " + time + ": check the clock");
        }
    }

    /// Empty for anything but the exact form with a time that exists.
    public static Optional<ArchiveName> parse(String name) {
        Matcher matcher = SHAPE.matcher(name);
        return matcher.matches() ? time(matcher.group(1)).map(ArchiveName::new) : Optional.empty();
    }

    /// The name for an archive made now: the service's time, but at least one second after the head's, so that names
    /// of one line always ascend, even if the service's clock was set back. Nothing follows the last name of all,
    /// which is a stranger's: then it is the service's time.
    public static ArchiveName next(Instant serviceTime, Optional<ArchiveName> head) {
        ArchiveName now = new ArchiveName(serviceTime);
        return head.filter(h -> h.time.isBefore(LAST))
                .map(h -> new ArchiveName(h.time.plusSeconds(1)))
                .filter(afterHead -> afterHead.compareTo(now) > 0)
                .orElse(now);
    }

    /// The file name.
    @Override
    public String toString() {
        return "backup-" + digits(time) + ".tar.gz";
    }

    @Override
    public int compareTo(ArchiveName other) {
        return time.compareTo(other.time);
    }

    static Optional<Instant> time(String digits) {
        try {
            return Optional.of(LocalDateTime.parse(digits, DIGITS).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String digits(Instant time) {
        return DIGITS.format(time.atOffset(ZoneOffset.UTC));
    }
}
