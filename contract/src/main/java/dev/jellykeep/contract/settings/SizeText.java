package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.ParsedText;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in bytes as Kubernetes quantities: `50Ki`, `1Gi`, `500M`, `1.5Gi`, `1e6`, `1024`.
public final class SizeText {
    private static final Map<String, Long> BYTES = new TreeMap<>(Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("Ki", 1L << 10),
            Map.entry("Mi", 1L << 20),
            Map.entry("Gi", 1L << 30),
            Map.entry("Ti", 1L << 40),
            Map.entry("Pi", 1L << 50),
            Map.entry("Ei", 1L << 60),
            Map.entry("k", 1_000L),
            Map.entry("M", 1_000_000L),
            Map.entry("G", 1_000_000_000L),
            Map.entry("T", 1_000_000_000_000L),
            Map.entry("P", 1_000_000_000_000_000L),
            Map.entry("E", 1_000_000_000_000_000_000L)));
    // The exponent is bounded so that no text makes a number of a million digits.
    private static final Pattern QUANTITY =
            Pattern.compile("([0-9]{1,24}(?:\\.[0-9]{1,24})?)(?:[eE]([+-]?[0-9]{1,2})|(\\D*))");

    private SizeText() {}

    /// Reads a size of 0 up to 2^63 − 1 bytes. Fractions of a byte are refused.
    public static ParsedText<Long> parse(String text) {
        Long usual = UsualNumber.parse(text, BYTES);
        if (usual != null) {
            return ParsedText.ok(usual);
        }
        if (text.startsWith("-")) {
            return ParsedText.bad("a size can't be negative; write it without the minus sign");
        }
        Matcher quantity = QUANTITY.matcher(text);
        if (!quantity.matches()) {
            return ParsedText.bad("that isn't a size; write bytes, or one like 50Ki, 500M or 1Gi");
        }
        BigDecimal number = new BigDecimal(quantity.group(1));
        String exponent = quantity.group(2);
        if (exponent != null) {
            return whole(number.scaleByPowerOfTen(Integer.parseInt(exponent)));
        }
        String suffix = quantity.group(3);
        Long bytes = BYTES.get(suffix);
        return bytes == null
                ? unknownSuffix(quantity.group(1), suffix)
                : whole(number.multiply(BigDecimal.valueOf(bytes)));
    }

    /// The shortest exact form that {@link #parse} reads back; of two equally short ones the binary one.
    ///
    /// @throws IllegalArgumentException if `bytes` is negative
    public static String format(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("negative size " + bytes);
        }
        String shortest = Long.toString(bytes);
        for (var unit : BYTES.entrySet()) {
            if (bytes != 0 && bytes % unit.getValue() == 0) {
                String text = bytes / unit.getValue() + unit.getKey();
                boolean binary = unit.getKey().endsWith("i");
                if (text.length() < shortest.length() || (binary && text.length() == shortest.length())) {
                    shortest = text;
                }
            }
        }
        return shortest;
    }

    private static ParsedText<Long> whole(BigDecimal bytes) {
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return ParsedText.bad("a size can't exceed 2^63 - 1 bytes, just under 8Ei; write a smaller one");
        }
        if (bytes.stripTrailingZeros().scale() > 0) {
            return ParsedText.bad("a size is a whole number of bytes; write one like 512 or 50Ki");
        }
        return ParsedText.ok(bytes.longValueExact());
    }

    private static ParsedText<Long> unknownSuffix(String number, String suffix) {
        if (suffix.equals("m")) {
            return ParsedText.bad("the suffix m means thousandths; write %1$sM or %1$sMi".formatted(number));
        }
        String letter = suffix.strip().toUpperCase(Locale.ROOT).replaceFirst("I?B?$", "");
        if (letter.equals("K")) {
            return ParsedText.bad(
                    "a size has no suffix \"%2$s\"; write %1$sk (1000) or %1$sKi (1024)".formatted(number, suffix));
        }
        if (BYTES.containsKey(letter)) {
            String right = letter.isEmpty() ? number : "%1$s%2$s or %1$s%2$si".formatted(number, letter);
            return ParsedText.bad("a size has no suffix \"%s\"; write %s".formatted(suffix, right));
        }
        return ParsedText.bad("a size has no suffix \"%s\"; the suffixes are Ki, Mi, Gi, Ti and k, M, G, T"
                .formatted(suffix.strip()));
    }
}
