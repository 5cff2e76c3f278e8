package dev.jellykeep.contract;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Seeds for properties, one test each, so that the failing one is in the test's display name. `-Dseed=42` runs that
/// one.
public final class Seeds {
    private static final int COUNT = 300;

    private Seeds() {}

    public static LongStream all() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, COUNT) : LongStream.of(only);
    }

    public static RandomGenerator random(long seed) {
        return new Random(seed);
    }

    public static <T> T oneOf(RandomGenerator random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public static String word(RandomGenerator random, String alphabet, int least, int most) {
        return IntStream.range(0, random.nextInt(least, most + 1))
                .map(_ -> alphabet.charAt(random.nextInt(alphabet.length())))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
