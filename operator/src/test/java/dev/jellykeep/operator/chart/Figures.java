package dev.jellykeep.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.management.DocumentedMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The figures that the operator has, for texts in PromQL.
///
/// @param labels of each
/// @param conditions that a policy may have
record Figures(Map<String, Set<String>> labels, Set<String> conditions) {
    private static final Pattern SERIES =
            Pattern.compile("\\b((?:jellyfin|jellykeep|azure)_[a-z_]+)(?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[=!]~?\\s*\"([^\"]*)\"");
    private static final Pattern ROW = Pattern.compile("^\\| (`[A-Z]\\w+`(?:, `[A-Z]\\w+`)*) \\|", Pattern.MULTILINE);

    static Figures documented() throws IOException {
        Set<String> conditions = new TreeSet<>(Set.of("Ready", "Reconciling", "Stalled"));
        ROW.matcher(Files.readString(Path.of("../docs/operator.md")))
                .results()
                .forEach(each ->
                        conditions.addAll(Set.of(each.group(1).replace("`", "").split(", "))));
        return new Figures(DocumentedMetrics.read(), conditions);
    }

    /// That all series in a text are there, with these labels.
    void check(String promql) {
        SERIES.matcher(promql).results().forEach(series -> {
            assertThat(labels).as(promql).containsKey(series.group(1));
            if (series.group(2) != null) {
                MATCHER.matcher(series.group(2)).results().forEach(each -> {
                    // of the pod that was asked
                    if (!each.group(1).equals("pod")) {
                        assertThat(labels.get(series.group(1))).as(promql).contains(each.group(1));
                    }
                    if (each.group(1).equals("type")) {
                        assertThat(conditions).as(promql).contains(each.group(2));
                    }
                });
            }
        });
    }
}
