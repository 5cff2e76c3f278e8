package dev.jellykeep.operator.gitops;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.jellykeep.operator.kube.KubeApi;
import dev.jellykeep.sandbox.recipe.Recipe;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The kinds of Flux and Argo CD, put into the tests' API server.
final class ForeignCrds {
    private static final Duration TO_FETCH = Duration.ofMinutes(10);

    private ForeignCrds() {}

    static void install() throws IOException {
        Path folder =
                switch (Recipe.run("CRDs of Flux and Argo CD", "tools/gitops-crds", TO_FETCH, System.err::println)) {
                    case Recipe.Ready(var found) -> found;
                    case Recipe.Missing(var why) -> abort(why);
                };
        KubernetesClient kube = KubeApi.shared();
        try (Stream<Path> files = Files.list(folder)) {
            List<CustomResourceDefinition> crds = files.sorted()
                    .map(each -> kube.apiextensions()
                            .v1()
                            .customResourceDefinitions()
                            .load(each.toFile())
                            .serverSideApply())
                    .toList();
            crds.forEach(each -> kube.resource(each)
                    .waitUntilCondition(
                            now -> now != null
                                    && now.getStatus() != null
                                    && now.getStatus().getConditions().stream()
                                            .anyMatch(condition -> condition
                                                            .getType()
                                                            .equals("Established")
                                                    && condition.getStatus().equals("True")),
                            30,
                            TimeUnit.SECONDS));
        }
    }
}
