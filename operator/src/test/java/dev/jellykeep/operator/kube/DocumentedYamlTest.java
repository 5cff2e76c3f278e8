package dev.jellykeep.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jellykeep.operator.documents.Block;
import dev.jellykeep.operator.documents.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What the documents and the examples tell people to apply is accepted. Resources are asked of a real API server; what
/// belongs to programs that aren't here, and what is no resource, is at least YAML without duplicates.
class DocumentedYamlTest {
    /// Groups of others' resources: their servers aren't here.
    private static final Set<String> OTHERS =
            Set.of("argoproj.io", "fluxcd.io", "monitoring.coreos.com", "kind.x-k8s.io", "kustomize.config.k8s.io");

    private static final Pattern HEREDOC = Pattern.compile("(?s)<<'EOF'[^\n]*\n(.*?)\nEOF\n");

    /// @param at where it stands
    record Sample(String at, String text) {
        @Override
        public String toString() {
            return at;
        }
    }

    static List<Sample> samples() throws IOException {
        List<Sample> samples = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Block block : page.blocks()) {
                if (block.info().split(" ", 2)[0].equals("yaml")) {
                    samples.add(new Sample(page.name() + ":" + block.line(), block.text()));
                } else if (block.info().startsWith("sh")) {
                    HEREDOC.matcher(block.text())
                            .results()
                            .map(each -> each.group(1))
                            .filter(each -> each.contains("apiVersion:"))
                            .forEach(each -> samples.add(new Sample(page.name() + ":" + block.line(), each)));
                }
            }
        }
        try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
            for (Path file : files.filter(each -> each.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .toList()) {
                samples.add(new Sample(file.toString(), Files.readString(file)));
            }
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aReaderCanApplyEveryBlock(Sample sample) {
        assertThatCode(() -> look(sample.text())).doesNotThrowAnyException();
    }

    @Test
    void theBlocksAreFound() throws IOException {
        assertThat(samples())
                .hasSizeGreaterThanOrEqualTo(9)
                .anyMatch(each -> each.at().startsWith("docs/operator.md:"))
                .anyMatch(each -> each.at().startsWith("docs/migration.md:"))
                .anyMatch(each -> each.at().startsWith("docs/quickstart-kubernetes.md:"))
                .anyMatch(each -> each.at().endsWith("rbac.yaml"));
    }

    @Test
    void aBlockThatIsWrongIsNoticed() {
        assertThatCode(() -> look("""
                        apiVersion: jellykeep.dev/v1alpha1
                        kind: ContainerAppScope
                        metadata: {name: media}
                        spec: {namespace: media}
                        """)).hasMessageContaining(".spec.namespace: field not declared");
        assertThatCode(() -> look("a: 1\na: 2\n")).hasMessageContaining("duplicate key a");
    }

    private static void look(String yaml) {
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
            if (document instanceof Map<?, ?> resource
                    && resource.get("apiVersion") instanceof String version
                    && resource.containsKey("kind")
                    && OTHERS.stream().noneMatch(version.split("/", 2)[0]::endsWith)) {
                DryRun.apply(new Dump(DumpSettings.builder().build()).dumpToString(resource));
            }
        }
    }
}
