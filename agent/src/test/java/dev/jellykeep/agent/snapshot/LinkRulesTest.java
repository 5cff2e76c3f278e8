package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A link that leaves the data root gives away, or overwrites, what lies there.
class LinkRulesTest {
    private static final Path ROOT = Path.of("/root/of/all/data");
    private static final List<String> PARTS = List.of("..", "..", ".", "", "a", "b", ".jellykeep");

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 300) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLinkIsTakenExactlyWhereItLeadsInsideAndNotIntoWhatIsOurs(long seed) {
        Random random = new Random(seed);
        String path = "d/".repeat(random.nextInt(3)) + "link";
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            parts.add(PARTS.get(random.nextInt(PARTS.size())));
        }
        String target = String.join("/", parts);
        Path end = ROOT.resolve(path).resolveSibling(target).normalize();
        boolean upAfterAName = parts.lastIndexOf("..")
                > parts.stream()
                        .filter(part -> part.matches("[a-z.]*[a-z]"))
                        .mapToInt(parts::indexOf)
                        .min()
                        .orElse(parts.size());
        assertThat(LinkTarget.staysInside(path, target))
                .as("%s -> %s", path, target)
                .isEqualTo(!target.isEmpty()
                        && !upAfterAName
                        && end.startsWith(ROOT)
                        && !end.startsWith(ROOT.resolve(".jellykeep")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/etc", "a\0b", "\0", "a\uFFFD", "\uFFFD"})
    void whatCannotBeATargetIsNone(String target) {
        assertThat(LinkTarget.staysInside("d/link", target)).isFalse();
    }

    @Test
    void noMoreLinksAreTakenThanARestoreKeepsInMind() {
        LinkBudget budget = new LinkBudget();
        for (int i = 0; i < LinkBudget.MOST; i++) {
            assertThat(budget.takes("l" + i, "t")).isTrue();
        }
        assertThat(budget.takes("l", "t")).isFalse();
    }

    @Test
    void longNamesCountAsTheMemoryTheyTake() {
        for (String sign : List.of("n", "ÿ", "Ā")) {
            int bytes = sign.equals("Ā") ? 2 : 1;
            String half = sign.repeat((int) (LinkBudget.MOST_TEXT / 2 / bytes));
            LinkBudget budget = new LinkBudget();
            assertThat(budget.takes(half, half + "n"))
                    .as("one too many isn't counted")
                    .isFalse();
            assertThat(budget.takes(half, half))
                    .as("exactly as much as there is room")
                    .isTrue();
            assertThat(budget.takes("", "n")).isFalse();
            LinkBudget other = new LinkBudget();
            assertThat(other.takes(half, "")).isTrue();
            assertThat(other.takes("", half + sign)).isFalse();
            assertThat(other.takes(half, "")).isTrue();
        }
    }
}
