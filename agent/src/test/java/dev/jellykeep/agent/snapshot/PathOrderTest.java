package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Scan, index and restore are compared by walking them side by side: in another order each file would be news.
class PathOrderTest {
    private static final String SIGNS = "a-. !b\u0001ä";

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 100) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFolderComesBeforeWhatIsInItAndNothingElseBetween(long seed) {
        List<String> walked = new ArrayList<>();
        walk("", 3, new Random(seed), walked);
        List<String> sorted = new ArrayList<>(walked);
        Collections.shuffle(sorted, new Random(seed));
        sorted.sort(PathOrder.PATHS);
        assertThat(sorted).isEqualTo(walked);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onlyAPathItselfIsItsEqual(long seed) {
        Random random = new Random(seed);
        String left = path(random);
        String right = path(random);
        int order = PathOrder.PATHS.compare(left, right);
        assertThat(order == 0).as("%s, %s", left, right).isEqualTo(left.equals(right));
        assertThat(Integer.signum(PathOrder.PATHS.compare(right, left))).isEqualTo(-Integer.signum(order));
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder("a");
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append((SIGNS + "/").charAt(random.nextInt(SIGNS.length() + 1)));
        }
        return path.toString();
    }

    /// A tree as it is walked: names in the order of their characters, each followed by what is in it.
    private static void walk(String folder, int deep, Random random, List<String> walked) {
        TreeSet<String> names = new TreeSet<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            int sign = random.nextInt(SIGNS.length());
            names.add("a" + SIGNS.substring(sign, Math.min(SIGNS.length(), sign + random.nextInt(3))));
        }
        for (String name : names) {
            walked.add(folder + name);
            if (deep > 0) {
                walk(folder + name + "/", deep - 1, random, walked);
            }
        }
    }
}
