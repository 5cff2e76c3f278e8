package dev.jellykeep.operator.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `values.yaml` with its comments, line by line: what has its value in its own line is a value, all else leads to
/// some.
///
/// @param name with dots
/// @param usual the default, as it is written
/// @param means what the comment above says; empty: there is none
record ChartValues(String name, String usual, String means) {
    private static final Pattern LINE = Pattern.compile("( *)([A-Za-z]+):(?: (.+))?");

    static List<ChartValues> read() throws IOException {
        List<ChartValues> all = new ArrayList<>();
        Deque<String> at = new ArrayDeque<>();
        StringBuilder comment = new StringBuilder();
        for (String line : Files.readAllLines(Chart.FOLDER.resolve("values.yaml"))) {
            String text = line.strip();
            if (text.startsWith("# ")) {
                comment.append(comment.isEmpty() ? "" : " ").append(text.substring(2));
                continue;
            }
            Matcher found = LINE.matcher(line);
            if (found.matches()) {
                while (at.size() > found.group(1).length() / 2) {
                    at.removeLast();
                }
                at.addLast(found.group(2));
                if (found.group(3) != null) {
                    all.add(new ChartValues(String.join(".", at), found.group(3), comment.toString()));
                }
            } else if (!text.isEmpty()) {
                throw new IllegalStateException("values.yaml has a line that its table can't show: " + line);
            }
            comment.setLength(0);
        }
        return all;
    }

    /// For README.md.
    static String table(List<ChartValues> values) {
        StringBuilder table = new StringBuilder("| value | default | means |\n|---|---|---|\n");
        for (ChartValues each : values) {
            table.append("| `")
                    .append(each.name())
                    .append("` | `")
                    .append(each.usual())
                    .append("` | ");
            table.append(each.means()).append(" |\n");
        }
        return table.toString();
    }
}
