package dev.jellykeep.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.api.ContainerAppScope;
import dev.jellykeep.operator.chart.Chart;
import dev.jellykeep.operator.kube.DryRun;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.scope.ScopeVerdict;
import dev.jellykeep.operator.scope.Wish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever copies an example gets something that is accepted and fits together. {@link ForeignKindsTest} asks the
/// schemas of other tools.
class ExamplesTest {
    private static final String OURS = "jellykeep.dev";
    private static final String FLUX = "kustomize.toolkit.fluxcd.io";
    private static final String ARGO = "argoproj.io";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachOfOurKindsIsAccepted() {
        List<ObjectNode> ours = Examples.of(OURS);
        assertThat(ours).hasSize(2);
        for (ObjectNode each : ours) {
            assertThatCode(() -> DryRun.apply(each.toString())).as("%s", each).doesNotThrowAnyException();
        }
    }

    @Test
    void theScopeAllowsThePolicy() {
        ObjectNode resource = Examples.named(OURS, "ContainerAppScope", "media");
        ((ObjectNode) resource.path("spec")).putArray("imageRepositories");
        Scope scope = Scope.of(JSON.convertValue(resource, ContainerAppScope.class));
        PolicyFile.Good policy =
                (PolicyFile.Good) PolicyFile.read(Examples.read(Examples.GITOPS.resolve("policies/family.yaml")));
        Wish wish = Wish.of(policy.name().namespace(), policy.spec())
                .as(scope.spec().identities().getFirst());
        assertThat(ScopeVerdict.judge(wish, List.of(scope))).isInstanceOf(ScopeVerdict.Allowed.class);
    }

    @Test
    void kustomizeFindsEachFileThatIsListedAndEachIsListed() {
        Map<Path, List<ObjectNode>> all = Examples.gitops();
        all.forEach((file, documents) -> {
            if (file.endsWith("kustomization.yaml")) {
                Set<Path> listed = new TreeSet<>(Set.of(file));
                documents.getFirst().path("resources").forEach(each -> listed.add(file.resolveSibling(each.asText())));
                Set<Path> there = all.keySet().stream()
                        .filter(each -> each.resolveSibling(".").equals(file.resolveSibling(".")))
                        .collect(Collectors.toSet());
                assertThat(listed).as("%s", file).isEqualTo(there);
            }
        });
    }

    @Test
    void fluxFindsWhatItsKustomizationsName() {
        List<ObjectNode> all = Examples.of(FLUX);
        assertThat(all).hasSize(4);
        for (ObjectNode each : all) {
            String source = each.at("/spec/sourceRef/name").asText();
            assertThat(Examples.named(
                            "source.toolkit.fluxcd.io",
                            each.at("/spec/sourceRef/kind").asText(),
                            source))
                    .isNotNull();
            folder(source.equals("family"), each.at("/spec/path").asText().replaceFirst("^\\./", ""));
            for (JsonNode before : each.path("spec").path("dependsOn")) {
                assertThat(Examples.named(
                                FLUX, "Kustomization", before.path("name").asText()))
                        .isNotNull();
            }
        }
    }

    @Test
    void argoFindsWhatItsApplicationsName() {
        for (ObjectNode each : Examples.of(ARGO)) {
            if (each.path("kind").asText().equals("Application")) {
                folder(
                        each.at("/spec/source/repoURL").asText().contains("family"),
                        each.at("/spec/source/path").asText());
                String project = each.at("/spec/project").asText();
                assertThat(project.equals("default") || Examples.named(ARGO, "AppProject", project) != null)
                        .isTrue();
            }
        }
    }

    /// @param family in the repository of whoever copies the example, else in this one
    private static void folder(boolean family, String path) {
        List<Path> places = family
                ? List.of(
                        Examples.GITOPS.resolve(path),
                        Examples.GITOPS.resolve("flux").resolve(path))
                : List.of(Examples.FOLDER.resolveSibling(path));
        assertThat(places).as("where %s may be", path).anyMatch(Files::isDirectory);
    }

    @Test
    void theChartTakesTheValues(@TempDir Path work) throws Exception {
        List<JsonNode> values = List.of(
                Examples.named("helm.toolkit.fluxcd.io", "HelmRelease", "jellykeep")
                        .at("/spec/values"),
                Examples.named(ARGO, "Application", "jellykeep").at("/spec/source/helm/valuesObject"));
        for (JsonNode each : values) {
            Path file = Files.writeString(work.resolve("values.json"), each.toString());
            assertThat(each.at("/azure/clientId").asText()).isNotEmpty();
            Chart.render("--values", file.toString());
        }
    }
}
