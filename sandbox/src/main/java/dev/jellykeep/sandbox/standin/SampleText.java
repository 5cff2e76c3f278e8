package dev.jellykeep.sandbox.standin;

import java.util.SplittableRandom;
import java.util.UUID;

/// Seeded names, identifiers and prose that compress about as well as a real library's rows do.
final class SampleText {

    private static final String CONSONANTS = "bcdfghjklmnprstvwz";
    private static final String VOWELS = "aeiou";
    private static final int WORDS = 4_000;

    private final SplittableRandom random;
    private final String[] words = new String[WORDS];

    SampleText(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < WORDS; i++) {
            words[i] = word();
        }
    }

    /// A 32-digit hexadecimal number, as the server writes identifiers in paths.
    String hex() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    /// An identifier as the server writes it in the database.
    String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString().toUpperCase(java.util.Locale.ROOT);
    }

    String title() {
        return capital(pick()) + " " + pick() + " " + capital(pick());
    }

    String prose(int words) {
        var text = new StringBuilder(capital(pick()));
        for (int i = 1; i < words; i++) {
            text.append(random.nextInt(11) == 0 ? ". " : " ").append(pick());
        }
        return text.append('.').toString();
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String pick() {
        // Short indexes more often: real prose repeats its common words.
        return words[random.nextInt(1 + random.nextInt(WORDS))];
    }

    private String word() {
        var word = new StringBuilder();
        int syllables = 1 + random.nextInt(4);
        for (int i = 0; i < syllables; i++) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
