package dev.jellykeep.operator.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/// What the API server would say to somebody's YAML.
public final class DryRun {
    private DryRun() {}

    /// Makes namespaces, and nothing else.
    ///
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException with the API server's words, if it refuses
    public static void apply(String yaml) {
        try (KubernetesClient kube = atOnce()) {
            apply(kube, yaml);
        }
    }

    /// A field that isn't known is answered with status 500, which the client would try again for 20 s.
    private static KubernetesClient atOnce() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(KubeApi.shared().getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private static void apply(KubernetesClient kube, String yaml) {
        for (HasMetadata each : kube.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            if (each.getMetadata().getNamespace() != null) {
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
