package dev.jellykeep.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.kube.DryRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Flux and Argo CD would take their parts of the examples. tools/gitops runs it.
@Tag("long")
class ForeignKindsTest {
    @BeforeAll
    static void kinds() throws IOException {
        ForeignCrds.install();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source.toolkit.fluxcd.io",
                "kustomize.toolkit.fluxcd.io",
                "helm.toolkit.fluxcd.io",
                "argoproj.io"
            })
    void theirApiTakesTheExamples(String group) {
        List<ObjectNode> examples = Examples.of(group);
        assertThat(examples).isNotEmpty();
        for (ObjectNode each : examples) {
            assertThatCode(() -> DryRun.apply(each.toString())).as("%s", each).doesNotThrowAnyException();
        }
    }

    @Test
    void aMistakeIsNoticed() {
        ObjectNode application =
                Examples.named("argoproj.io", "Application", "jellykeep").deepCopy();
        ((ObjectNode) application.path("spec")).put("projekt", "default");
        assertThatCode(() -> DryRun.apply(application.toString())).hasMessageContaining(".spec.projekt");
    }
}
