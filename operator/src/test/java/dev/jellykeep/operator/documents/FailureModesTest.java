package dev.jellykeep.operator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What docs/failure-modes.md claims is proven by tests that exist.
class FailureModesTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void everyTestThatThePageNamesExists() throws IOException {
        List<Path> sources = sources();
        List<String> missing = new ArrayList<>();
        var named =
                TEST.matcher(Page.of("docs/failure-modes.md").text()).results().toList();
        for (var each : named) {
            if (!exists(sources, each.group(1), each.group(2))) {
                missing.add(each.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(exists(sources, "FailureModesTest", "noSuchTest")).isFalse();
    }

    @Test
    void everyRowNamesATest() {
        assertThat(Page.of("docs/failure-modes.md")
                        .text()
                        .lines()
                        .filter(each ->
                                each.startsWith("|") && !each.startsWith("|---") && !each.startsWith("| what ")))
                .isNotEmpty()
                .allMatch(each -> TEST.matcher(each).find());
    }

    private static List<Path> sources() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Page.ROOT)) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        found.addAll(files.filter(each -> each.toString().endsWith("Test.java"))
                                .toList());
                    }
                }
            }
        }
        return found;
    }

    /// Names of classes may occur in several packages.
    private static boolean exists(List<Path> sources, String type, String method) throws IOException {
        for (Path each : sources) {
            if (each.endsWith(type + ".java") && Files.readString(each).contains("void " + method + "(")) {
                return true;
            }
        }
        return false;
    }
}
