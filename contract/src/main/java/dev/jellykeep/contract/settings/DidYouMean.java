package dev.jellykeep.contract.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The known variable that a misspelt one is nearest to.
final class DidYouMean {
    private DidYouMean() {}

    static Optional<String> nearest(String unknown) {
        String wanted = stem(unknown);
        // One slip in four characters is a misspelling; more is another word.
        int most = Math.max(1, wanted.length() / 4);
        return known().filter(name -> distance(wanted, stem(name)) <= most)
                .min(Comparator.comparingInt((String name) -> distance(wanted, stem(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static Stream<String> known() {
        return Stream.concat(
                Arrays.stream(Setting.values()).map(Setting::env),
                Arrays.stream(EcosystemVariable.values()).map(EcosystemVariable::name));
    }

    private static String stem(String name) {
        return name.toUpperCase(Locale.ROOT).replaceFirst("^(JELLYKEEP|JELLYFIN)_", "");
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
