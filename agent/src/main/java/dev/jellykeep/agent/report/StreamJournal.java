package dev.jellykeep.agent.report;

import dev.jellykeep.contract.json.JsonFields;
import java.io.PrintStream;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// A journal on a stream: readable text, or one JSON object per line.
public final class StreamJournal implements Journal {
    /// The two shapes of a line.
    public enum Format {
        HUMAN,
        JSON
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final Format format;
    private final Level least;
    private final InstantSource clock;

    /// @param least lines below this level are left out
    public StreamJournal(PrintStream out, Format format, Level least, InstantSource clock) {
        this.out = out;
        this.format = format;
        this.least = least;
        this.clock = clock;
    }

    @Override
    public void write(Level level, String message, Object... data) {
        if (level.compareTo(least) >= 0) {
            out.println(format == Format.JSON ? json(level, message, data) : human(level, message, data));
        }
    }

    private String json(Level level, String message, Object... data) {
        JsonFields fields = new JsonFields()
                .put("time", clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .put("level", level.name().toLowerCase(Locale.ROOT))
                .put("message", message);
        for (int i = 0; i + 1 < data.length; i += 2) {
            fields.put(String.valueOf(data[i]), data[i + 1]);
        }
        return fields.toString();
    }

    private String human(Level level, String message, Object... data) {
        StringBuilder line = new StringBuilder(TIME.format(clock.instant()));
        if (level != Level.INFO) {
            line.append(' ').append(level);
        }
        line.append(' ').append(message);
        for (int i = 0; i + 1 < data.length; i += 2) {
            line.append(i == 0 ? "  " : " ").append(data[i]).append('=').append(quoted(String.valueOf(data[i + 1])));
        }
        return line.toString();
    }

    private static String quoted(String value) {
        String oneLine = value.replace('\n', ' ');
        return oneLine.contains(" ") ? '"' + oneLine + '"' : oneLine;
    }
}
