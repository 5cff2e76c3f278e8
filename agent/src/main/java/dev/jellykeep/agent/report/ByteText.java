package dev.jellykeep.agent.report;

import java.util.Locale;

/// Bytes for people.
public final class ByteText {
    private ByteText() {}

    /// Binary units with one decimal, such as `12.3 MiB`.
    public static String of(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
