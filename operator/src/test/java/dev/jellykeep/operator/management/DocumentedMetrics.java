package dev.jellykeep.operator.management;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The table of metrics in docs/operator.md, of which OperatorMetricsTest knows that it is the program's.
public final class DocumentedMetrics {
    private DocumentedMetrics() {}

    /// Names with their labels.
    public static Map<String, Set<String>> read() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../docs/operator.md"))) {
            String[] cells = line.split("\\|", -1);
            if (cells.length < 4 || !line.matches("\\| `(jellyfin|jellykeep|azure)_.*")) {
                continue;
            }
            for (String name : cells[1].replace("`", "").strip().split(", ", -1)) {
                var labels = new TreeSet<String>();
                Pattern.compile("`(\\w+)`").matcher(cells[2]).results().forEach(each -> labels.add(each.group(1)));
                if (name.startsWith("jellyfin_")) {
                    labels.addAll(List.of("namespace", "name"));
                }
                documented.put(name, labels);
            }
        }
        return documented;
    }
}
