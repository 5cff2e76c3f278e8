package dev.jellykeep.scenarios.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.TownOptions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.vertx.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// A mock of Kubernetes' API in this process, for machines on which the real one can't be built. It keeps what it is
/// given and tells who watches; it checks no rule of a policy, runs no admission and knows no rights.
public final class MockKubernetes implements Kubernetes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String VERSION = "jellykeep.dev/v1alpha1";
    /// Kept here, so that its level isn't forgotten: it logs every request.
    private static final Logger SERVERS_LOG = Logger.getLogger(MockWebServer.class.getName());

    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final Path kubeconfig;

    private MockKubernetes(KubernetesMockServer server, Path kubeconfig) {
        this.server = server;
        this.client = server.createClient();
        this.kubeconfig = kubeconfig;
    }

    /// Starts one with Jellykeep's resources.
    public static MockKubernetes start(TownOptions options) {
        SERVERS_LOG.setLevel(Level.WARNING);
        try {
            return start(
                    definitions(options.repository().resolve("crds")),
                    options.folder().resolve("mock.kubeconfig"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MockKubernetes start(List<CustomResourceDefinition> definitions, Path kubeconfig)
            throws IOException {
        var web = new MockWebServer();
        // Over plain HTTP, Java's client would ask for HTTP/2, which this server doesn't always end well.
        web.setProtocols(List.of(Protocol.HTTP_1_1));
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        var server = new KubernetesMockServer(
                new Context(), web, responses, new MockApi(responses, schemas(definitions)), true);
        server.init();
        var started = new MockKubernetes(server, kubeconfig);
        Files.writeString(kubeconfig, kubeconfig(started.url()));
        // A create whose reply was lost is sent again by the client, and finds its own work.
        definitions.forEach(each -> started.client.resource(each).createOr(NonDeletingOperation::update));
        return started;
    }

    private static List<CustomResourceDefinition> definitions(Path crds) throws IOException {
        try (var files = Files.list(crds)) {
            var all = new ArrayList<CustomResourceDefinition>();
            for (Path file : files.sorted().toList()) {
                all.add(Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class));
            }
            return all;
        }
    }

    private static Map<String, JsonNode> schemas(List<CustomResourceDefinition> definitions) {
        return definitions.stream()
                .map(CustomResourceDefinition::getSpec)
                .collect(Collectors.toMap(
                        spec -> spec.getNames().getKind(),
                        spec -> JSON.valueToTree(
                                spec.getVersions().getFirst().getSchema().getOpenAPIV3Schema())));
    }

    @Override
    public String description() {
        return "mock of the Kubernetes API is up; the operator may do everything there";
    }

    @Override
    public Path operatorsKubeconfig() {
        return kubeconfig;
    }

    @Override
    public void apply(String yaml) {
        var _ = client.resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
                .serverSideApply();
    }

    @Override
    public void annotatePolicy(String key, String value) {
        // as kubectl does: whoever writes the policy's status meanwhile is no conflict
        var annotations = new ObjectNode(JsonNodeFactory.instance).put(key, value);
        var _ = thePolicy()
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"annotations\": " + annotations + "}}");
    }

    @Override
    public JsonNode policy() {
        var found = thePolicy().get();
        if (found == null) {
            throw new IllegalStateException("There is no policy " + Policy.NAME + ".");
        }
        return JSON.valueToTree(found);
    }

    @Override
    public void deletePolicy(Duration bound) {
        var _ = thePolicy().delete();
        Await.until(
                "the policy is gone",
                bound,
                () -> policy().toPrettyString(),
                () -> thePolicy().get() == null);
    }

    @Override
    public List<String> commandsToTry(Path policy) {
        var url = url() + "apis/" + VERSION + "/namespaces/" + Policy.NAMESPACE + "/jellyfinbackuppolicies/"
                + Policy.NAME;
        var patch = "curl -k -X PATCH " + url + " -H 'Content-Type: application/";
        return List.of(
                patch + "apply-patch+yaml' --data-binary @" + policy,
                "curl -k " + url,
                patch + "merge-patch+json' -d '{\"metadata\": {\"annotations\": {\"" + Cluster.REQUEST
                        + "\": \"now-1\"}}}'",
                "(kubectl can't be used: it asks which resources there are, and the mock doesn't tell)");
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }

    private Resource<GenericKubernetesResource> thePolicy() {
        return client.genericKubernetesResources(VERSION, "JellyfinBackupPolicy")
                .inNamespace(Policy.NAMESPACE)
                .withName(Policy.NAME);
    }

    private String url() {
        return server.url("/");
    }

    private static String kubeconfig(String url) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: mock
                    cluster: {server: "%s", insecure-skip-tls-verify: true}
                users:
                  - name: mock
                    user: {token: mock}
                contexts:
                  - name: mock
                    context: {cluster: mock, user: mock}
                current-context: mock
                """.formatted(url);
    }
}
