package dev.jellykeep.contract.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The usual form of durations and sizes: a few digits and a unit. Every start reads two dozen of them, and
/// to load BigDecimal for that takes 10 ms.
final class UsualNumber {
    private static final int MOST_DIGITS = 6;

    private UsualNumber() {}

    /// The number times its unit; null if the text has another form, an unknown unit, or doesn't fit a
    /// long.
    static @Nullable Long parse(String text, Map<String, Long> units) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        Long unit = units.get(text.substring(digits));
        if (digits == 0 || digits > MOST_DIGITS || unit == null) {
            return null;
        }
        long number = Long.parseLong(text, 0, digits, 10);
        return number <= Long.MAX_VALUE / unit ? Long.valueOf(number * unit) : null;
    }
}
