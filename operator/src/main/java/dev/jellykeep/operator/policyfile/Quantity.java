package dev.jellykeep.operator.policyfile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A quantity as Kubernetes reads it (`ParseQuantity` of `k8s.io/apimachinery/pkg/api/resource`): a number with a
/// decimal or a binary suffix, or an exponent.
///
/// @param isInteger whether Kubernetes calls it one. It does only where it has kept the number in 64 bits: neither
///     `1.5Ki` nor `1000m` is one for it
record Quantity(BigDecimal value, boolean isInteger) {
    private static final Pattern SHAPE =
            Pattern.compile("([+-]?)0*([0-9]*)(?:[.]([0-9]*))?(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]{1,9}))?");
    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final Map<String, Integer> BINARY =
            Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);
    private static final int DECIMAL_DIGITS = 18;
    private static final int BINARY_DIGITS = 15;
    private static final int LARGEST_EXPONENT = 1000;

    static Optional<Quantity> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (text.isEmpty() || !shape.matches()) {
            return Optional.empty();
        }
        String whole = shape.group(2).isEmpty() ? "0" : shape.group(2);
        String fraction = shape.group(3) == null ? "" : shape.group(3);
        String suffix = shape.group(4) == null ? "" : shape.group(4);
        Integer binary = BINARY.get(suffix);
        int exponent = shape.group(5) == null ? DECIMAL.getOrDefault(suffix, 0) : Integer.parseInt(shape.group(5));
        boolean small = binary == null
                ? DECIMAL_DIGITS - whole.length() - fraction.length() >= 0 && exponent - fraction.length() >= -9
                : fraction.isEmpty() && BINARY_DIGITS - whole.length() - binary * 3 / 10 - 1 >= 0;
        boolean digits = text.chars().limit(shape.end(2)).anyMatch(Character::isDigit) || !fraction.isEmpty();
        if (Math.abs(exponent) > LARGEST_EXPONENT || (!small && !digits)) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(shape.group(1) + whole + "." + fraction + "0");
        BigDecimal value = binary == null
                ? number.scaleByPowerOfTen(exponent)
                : number.multiply(new BigDecimal(BigInteger.TWO.pow(binary)));
        boolean unscaled = binary != null || exponent >= fraction.length();
        return Optional.of(new Quantity(value, small && unscaled && fits(value)));
    }

    private static boolean fits(BigDecimal value) {
        return value.toBigInteger().bitLength() < Long.SIZE;
    }

    boolean isLessThan(Quantity other) {
        return value.compareTo(other.value) < 0;
    }
}
