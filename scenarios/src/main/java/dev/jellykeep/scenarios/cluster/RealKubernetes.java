package dev.jellykeep.scenarios.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jellykeep.sandbox.kubernetes.ApiServer;
import dev.jellykeep.sandbox.kubernetes.Binaries;
import dev.jellykeep.sandbox.kubernetes.Kubectl;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.TownOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Kubernetes' own API server, used by `kubectl`. The operator has its service account's rights.
public final class RealKubernetes implements Kubernetes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OPERATORS_NAMESPACE = "jellykeep";

    private final ApiServer server;
    private final Kubectl kubectl;

    private RealKubernetes(ApiServer server) {
        this.server = server;
        this.kubectl = server.kubectl();
    }

    /// Starts one with Jellykeep's resources, its operator's rights and the policy's namespace.
    public static RealKubernetes start(TownOptions options, Binaries binaries) {
        var started =
                new RealKubernetes(ApiServer.start(binaries, options.folder().resolve("kubernetes")));
        started.fill(options.repository());
        return started;
    }

    private void fill(Path repository) {
        var _ = kubectl.run("create", "namespace", OPERATORS_NAMESPACE);
        var _ = kubectl.run("create", "namespace", Policy.NAMESPACE);
        applyFile(repository.resolve("crds"));
        applyFile(repository.resolve("examples/operator/rbac.yaml"));
        var _ = kubectl.run(
                "wait", "--for=condition=Established", "--timeout=30s", "crd/jellyfinbackuppolicies.jellykeep.dev");
    }

    /// An administrator's.
    public Kubectl kubectl() {
        return kubectl;
    }

    /// An administrator's.
    public Path kubeconfig() {
        return server.kubeconfig();
    }

    @Override
    public String description() {
        return "Kubernetes API server is up; the operator runs with its own service account's rights";
    }

    @Override
    public Path operatorsKubeconfig() {
        return server.kubeconfigOf(OPERATORS_NAMESPACE, "jellykeep-operator");
    }

    @Override
    public void apply(String yaml) {
        var _ = kubectl.apply(yaml);
    }

    @Override
    public void annotatePolicy(String key, String value) {
        var _ = kubectl.run(
                "annotate", "jbp", Policy.NAME, "--namespace", Policy.NAMESPACE, "--overwrite", key + "=" + value);
    }

    @Override
    public JsonNode policy() {
        try {
            return JSON.readTree(
                    kubectl.run("get", "jbp", Policy.NAME, "--namespace", Policy.NAMESPACE, "--output", "json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void deletePolicy(Duration bound) {
        var _ = kubectl.run(
                "delete", "jbp", Policy.NAME, "--namespace", Policy.NAMESPACE, "--timeout=" + bound.toSeconds() + "s");
    }

    @Override
    public List<String> commandsToTry(Path file) {
        var policy = " jbp " + Policy.NAME + " --namespace " + Policy.NAMESPACE;
        return List.of(
                "export KUBECONFIG=" + server.kubeconfig(),
                kubectl.program() + " apply --server-side --filename " + file,
                kubectl.program() + " get jbp --all-namespaces",
                kubectl.program() + " describe" + policy,
                kubectl.program() + " annotate" + policy + " --overwrite " + Cluster.REQUEST + "=now-1");
    }

    @Override
    public void close() {
        server.close();
    }

    private void applyFile(Path file) {
        var _ = kubectl.run("apply", "--server-side", "--filename", file.toString());
    }
}
