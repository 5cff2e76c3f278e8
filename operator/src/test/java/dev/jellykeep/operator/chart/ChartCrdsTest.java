package dev.jellykeep.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A release brings the CRDs of this build, and doesn't take policies with it when it goes.
class ChartCrdsTest {
    private static final Path CRDS = Path.of("../crds");

    /// As the API server reads them: 1 and 1.0 are the same bound.
    private static Map<String, CustomResourceDefinition> byName(List<ObjectNode> crds) {
        return crds.stream()
                .map(each -> Serialization.unmarshal(each.toString(), CustomResourceDefinition.class))
                .collect(Collectors.toMap(each -> each.getMetadata().getName(), Function.identity()));
    }

    private static Map<String, CustomResourceDefinition> committed() throws IOException {
        try (Stream<Path> files = Files.list(CRDS)) {
            StringBuilder all = new StringBuilder();
            for (Path each : files.toList()) {
                all.append("---\n").append(Files.readString(each));
            }
            return byName(Chart.documents(all.toString()));
        }
    }

    @Test
    void theReleaseBringsTheCrdsAsTheyAre() throws IOException {
        Map<String, CustomResourceDefinition> rendered = byName(Chart.render().all("CustomResourceDefinition"));
        assertThat(rendered).hasSize(2);
        rendered.values().forEach(each -> {
            assertThat(each.getMetadata().getAnnotations())
                    .containsExactly(Map.entry("helm.sh/resource-policy", "keep"));
            each.getMetadata().setAnnotations(Map.of());
            each.getMetadata().setLabels(Map.of());
        });
        assertThat(rendered)
                .as("the chart's CRDs differ from crds/: run tools/update-docs")
                .isEqualTo(committed());
    }

    @Test
    void theyCanBeLeftToSomebodyElse() {
        assertThat(Chart.render("--set", "crds.install=false").all("CustomResourceDefinition"))
                .isEmpty();
        assertThat(Chart.render("--set", "crds.keep=false").all("CustomResourceDefinition"))
                .hasSize(2)
                .noneMatch(each -> each.path("metadata").has("annotations"));
    }
}
