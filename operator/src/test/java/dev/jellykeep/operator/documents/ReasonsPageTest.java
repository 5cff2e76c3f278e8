package dev.jellykeep.operator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.desired.RefusalReason;
import dev.jellykeep.operator.desired.WarningReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who looks a reason up at night finds it, and finds none that the program doesn't know.
class ReasonsPageTest {
    private static final String PAGE = "docs/reasons.md";
    private static final String OPERATOR = "operator/src/main/java/dev/jellykeep/operator/";
    private static final List<Path> SOURCES = Stream.of(
                    OPERATOR + "archives",
                    OPERATOR + "decide",
                    OPERATOR + "desired",
                    OPERATOR + "reconcile",
                    OPERATOR + "status",
                    "contract/src/main/java/dev/jellykeep/contract/protection")
            .map(Page.ROOT::resolve)
            .toList();

    /// A reason is one capitalised word in a literal, maybe with a sentence behind it.
    private static final Pattern WORD = Pattern.compile("\"([A-Z][a-z]+[A-Za-z]*)(?=[\":])");

    /// Words of Azure's, of Kubernetes' and of the policy's, and types of conditions.
    private static final Set<String> NO_REASONS = Set.of(
            "All",
            "Consumption",
            "Deleting",
            "Drifted",
            "EmptyDir",
            "Enforce",
            "Failed",
            "False",
            "Gi",
            "InProgress",
            "Injected",
            "LineageConsistent",
            "Liveness",
            "Plan",
            "Ready",
            "Reconciling",
            "RecoveryPointMet",
            "RecoveryProven",
            "RecoveryTimeMet",
            "Remediated",
            "Stalled",
            "StorageAvailable",
            "SystemAssigned",
            "TargetResolved",
            "Terminated",
            "True",
            "Unknown",
            "Waiting");

    @Test
    void everyReasonIsOnThePageAndNoOtherIs() {
        Set<String> reasons = inCode();
        assertThat(NO_REASONS).as("words that are set aside, and are there").isSubsetOf(reasons);
        reasons.removeAll(NO_REASONS);
        assertThat(reasons).hasSizeGreaterThan(110);
        assertThat(onPage(Page.of(PAGE).text())).isEqualTo(reasons);
    }

    @Test
    void theListsOfReasonsThatThereAreAreAmongThem() {
        Set<String> reasons = inCode();
        assertThat(Stream.of(RefusalReason.values()).map(RefusalReason::text)).isSubsetOf(reasons);
        assertThat(Stream.of(WarningReason.values()).map(WarningReason::text)).isSubsetOf(reasons);
    }

    @Test
    void aRowIsRead() {
        assertThat(onPage("| `Found`, `NotFound` | `TargetResolved` |\n| `Asked` | x |\ntext `Other`\n"))
                .containsExactly("Asked", "Found", "NotFound");
    }

    private static Set<String> inCode() {
        Set<String> words = new TreeSet<>();
        for (Path folder : SOURCES) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(each -> each.toString().endsWith(".java"))
                        .forEach(each -> WORD.matcher(code(each)).results().forEach(word -> words.add(word.group(1))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return words;
    }

    private static String code(Path file) {
        try {
            return Files.readString(file).replaceAll("(?m)^\\s*//.*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> onPage(String text) {
        Set<String> reasons = new TreeSet<>();
        text.lines()
                .filter(each -> each.startsWith("| `"))
                .forEach(line -> Pattern.compile("`([A-Za-z]+)`")
                        .matcher(line.split("\\|", 3)[1])
                        .results()
                        .forEach(each -> reasons.add(each.group(1))));
        return reasons;
    }
}
