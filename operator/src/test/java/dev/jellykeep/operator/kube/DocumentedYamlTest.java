package dev.jellykeep.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents tell people to apply is accepted.
class DocumentedYamlTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"../docs/operator.md"})
    void aReaderCanApplyEveryBlock(String file) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(Path.of(file)))
                .results()
                .map((MatchResult each) -> each.group(1))
                .filter(each -> each.contains("kind:"))
                .toList();
        assertThat(blocks).isNotEmpty();
        for (String block : blocks) {
            assertThatCode(() -> dryRun(block)).as(block).doesNotThrowAnyException();
        }
    }

    @Test
    void aBlockThatIsWrongIsNoticed() {
        assertThatCode(() -> dryRun("""
                        apiVersion: jellykeep.dev/v1alpha1
                        kind: ContainerAppScope
                        metadata: {name: media}
                        spec: {namespace: media}
                        """)).hasMessageContaining("namespaces");
    }

    private static void dryRun(String yaml) {
        KubernetesClient kube = KubeApi.shared();
        for (HasMetadata each : kube.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            if (each instanceof Namespaced) {
                kube.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(each.getMetadata().getNamespace())
                                .endMetadata()
                                .build())
                        .serverSideApply();
            }
            kube.resource(each).dryRun().serverSideApply();
        }
    }
}
