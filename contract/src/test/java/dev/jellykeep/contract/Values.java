package dev.jellykeep.contract;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Generated values with everything in them that has ever broken a text format.
public final class Values {
    private static final String ODD = "a\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0085\u2028\u00e9\u4e2d\ufeff\uffff'{}[],:#";
    private static final List<String> WHOLE =
            List.of("", " ", "null", "{}", "\"", "\\u0041", "\ud83c\udfac Film", "a\u0301", "\u202e.gz.rat", "1e999");
    private static final List<Long> NUMBERS = List.of(
            0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1, (long) Integer.MAX_VALUE + 1);

    private Values() {}

    public static String text(RandomGenerator random) {
        return random.nextInt(3) == 0 ? Seeds.oneOf(random, WHOLE) : Seeds.word(random, ODD, 0, 40);
    }

    public static long number(RandomGenerator random) {
        return random.nextBoolean() ? Seeds.oneOf(random, NUMBERS) : random.nextLong();
    }

    public static long count(RandomGenerator random) {
        return number(random) & Long.MAX_VALUE;
    }

    public static UUID uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    public static Instant time(RandomGenerator random) {
        return Instant.ofEpochSecond(random.nextLong(-62135596800L, 253402300800L), random.nextInt(1_000_000_000));
    }

    public static <T> @Nullable T orNull(RandomGenerator random, Supplier<T> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    public static <T> List<T> list(RandomGenerator random, int most, Supplier<T> value) {
        return Stream.generate(value).limit(random.nextInt(most + 1)).toList();
    }

    /// All beginnings that are shorter than the text without the white space at its end.
    public static Stream<byte[]> truncated(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] <= ' ') {
            end--;
        }
        return IntStream.range(0, end).mapToObj(length -> Arrays.copyOf(text, length));
    }

    /// The text with some bytes changed, sometimes cut.
    public static byte[] damaged(RandomGenerator random, byte[] text) {
        byte[] copy = text.clone();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int at = random.nextInt(copy.length);
            if (random.nextBoolean()) {
                copy[at] = (byte) random.nextInt(256);
            } else {
                copy[at] = copy[random.nextInt(copy.length)];
            }
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length + 1)) : copy;
    }
}
