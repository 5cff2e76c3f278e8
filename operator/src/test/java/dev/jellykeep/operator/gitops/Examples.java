package dev.jellykeep.operator.gitops;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.chart.Chart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What is below `examples/`.
final class Examples {
    static final Path FOLDER = Path.of("../examples").toAbsolutePath().normalize();
    static final Path GITOPS = FOLDER.resolve("gitops");

    private Examples() {}

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<ObjectNode> documents(Path file) {
        return Chart.documents(read(file));
    }

    /// Every document of GitOps, by its file.
    static Map<Path, List<ObjectNode>> gitops() {
        try (Stream<Path> files = Files.walk(GITOPS)) {
            Map<Path, List<ObjectNode>> all = new TreeMap<>();
            files.filter(each -> each.toString().endsWith(".yaml"))
                    .forEach(each -> all.put(GITOPS.relativize(each), documents(each)));
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All of one API group, such as `jellykeep.dev`.
    static List<ObjectNode> of(String group) {
        return gitops().values().stream()
                .flatMap(List::stream)
                .filter(each -> each.path("apiVersion").asText().startsWith(group + "/"))
                .toList();
    }

    static ObjectNode named(String group, String kind, String name) {
        return of(group).stream()
                .filter(each -> each.path("kind").asText().equals(kind)
                        && each.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }
}
