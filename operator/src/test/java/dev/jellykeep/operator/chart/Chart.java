package dev.jellykeep.operator.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The chart as Helm renders it for a release `jellykeep` in a namespace `jellykeep`.
public final class Chart {
    static final Path FOLDER = Path.of("../charts/jellykeep").toAbsolutePath().normalize();
    /// What has no default.
    static final String CLIENT = "azure.clientId=00000000-0000-0000-0000-00000000000c";
    /// For parts of it that only a cluster with the Prometheus operator gets.
    static final String MONITORED = "--api-versions=monitoring.coreos.com/v1";

    private static final Set<String> RIGHTS =
            Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

    private Chart() {}

    private static final class Helm {
        private static final Tool PROGRAM = new Tool("Helm", "helm");
        /// Nothing of whoever runs the tests.
        private static final Path HOME = home();

        private static Path home() {
            try {
                return Files.createTempDirectory(
                        Files.createDirectories(Path.of("target").toAbsolutePath()), "helm-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Any command of Helm.
    static Tool.Ended helm(List<String> words) {
        String home = Helm.HOME.toString();
        return Helm.PROGRAM.run(
                Path.of("").toAbsolutePath(),
                Map.of(
                        "HELM_CACHE_HOME", home,
                        "HELM_CONFIG_HOME", home,
                        "HELM_DATA_HOME", home,
                        "KUBECONFIG", home + "/none",
                        "HELM_NAMESPACE", "jellykeep"),
                words);
    }

    /// `helm template`.
    ///
    /// @param words as `--set` and the like
    public static Tool.Ended template(String... words) {
        List<String> command = new ArrayList<>(List.of("template", "jellykeep", FOLDER.toString(), "--set", CLIENT));
        command.addAll(List.of(words));
        return helm(command);
    }

    /// All documents of a rendering that succeeds.
    public static Rendered render(String... words) {
        Tool.Ended ended = template(words);
        if (ended.code() != 0) {
            throw new AssertionError(ended.all());
        }
        return new Rendered(documents(ended.out()));
    }

    /// The operator's service account and what binds it to its rights, as they are installed.
    public static List<ObjectNode> rights() {
        return render().documents().stream()
                .filter(each -> RIGHTS.contains(each.path("kind").asText()))
                .toList();
    }

    public static List<ObjectNode> documents(String yaml) {
        try {
            List<ObjectNode> all = new ArrayList<>();
            new YAMLMapper()
                    .readerFor(ObjectNode.class)
                    .<ObjectNode>readValues(yaml)
                    .forEachRemaining(each -> {
                        if (each != null) {
                            all.add(each);
                        }
                    });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public record Rendered(List<ObjectNode> documents) {
        List<ObjectNode> all(String kind) {
            return documents.stream()
                    .filter(each -> each.path("kind").asText().equals(kind))
                    .toList();
        }

        ObjectNode only(String kind) {
            List<ObjectNode> found = all(kind);
            if (found.size() != 1) {
                throw new AssertionError(found.size() + " of kind " + kind + " in "
                        + documents.stream()
                                .map(each -> each.path("kind").asText())
                                .toList());
            }
            return found.getFirst();
        }
    }
}
