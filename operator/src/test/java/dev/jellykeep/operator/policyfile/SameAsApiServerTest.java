package dev.jellykeep.operator.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jellykeep.operator.kube.KubeApi;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The same files before a real API server and before the command line: the same verdict, the same sentence, the same
/// defaults.
class SameAsApiServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path CASES = Path.of("src/test/resources/policies");
    private static final Path SMALLEST = CASES.resolve("valid/smallest.yaml");

    /// What an API server said.
    ///
    /// @param spec with defaults; missing where it refused
    /// @param causes its words; empty: accepted
    record Server(JsonNode spec, List<String> causes) {}

    static List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("valid", "invalid")) {
            try (Stream<Path> files = Files.list(CASES.resolve(folder))) {
                files.sorted().forEach(found::add);
            }
        }
        return found;
    }

    /// Beyond the golden files: nulls, edges of types, numbers and sizes, each below `spec`.
    static List<String> edges() {
        return List.of(
                "interval: null",
                "objectives: null",
                "objectives: {recoveryPoint: null}",
                "retention: null",
                "retention: {keepLast: null}",
                "retention: {keepLast: 1.5}",
                "retention: {keepLast: \"1\"}",
                "retention: {keepLast: 10000}",
                "retention: {keepLast: 10001}",
                "maxShrinkPercent: 0",
                "maxShrinkPercent: 100",
                "maxShrinkPercent: 9999999999999999999",
                "include: {}",
                "include: [1]",
                "include: [null]",
                "include: ['']",
                "suspend: 1",
                "interval: 1m",
                "interval: 59.999s",
                "interval: 1.5h30m",
                "interval: ''",
                "interval: 2562047h",
                "interval: 2562048h",
                "interval: 999999999h",
                "objectives: {recoveryPoint: 999999999h}",
                "minSize: 1e3",
                "minSize: '1.5Ki'",
                "minSize: '0.3Ki'",
                "minSize: '0.1'",
                "minSize: '1m'",
                "minSize: '1000m'",
                "minSize: '-0'",
                "minSize: '+5'",
                "minSize: '5.'",
                "minSize: '.5Ki'",
                "minSize: '.'",
                "minSize: 8Ei",
                "minSize: 7Ei",
                "minSize: 9E",
                "minSize: 10E",
                "minSize: 1E2",
                "minSize: ' 1'",
                "minSize: Ki",
                "minSize: Ei",
                "minSize: 5.0",
                "minSize: '5.0'",
                "minSize: '0.5k'",
                "minSize: '1.500k'",
                "minSize: '0010Ki'",
                "minSize: '10Pi'",
                "minSize: '100Ti'",
                "minSize: '1234567890123456789'",
                "minSize: '123456789012345678'",
                "minSize: '1e17'",
                "minSize: '1e19'",
                "minSize: '1e-3'",
                "takeOver: [" + "a, ".repeat(16) + "a]",
                "takeOver: [" + "a, ".repeat(15) + "a]",
                "exclude: ['" + "ä".repeat(512) + "']",
                "exclude: ['" + "ä".repeat(513) + "']",
                "exclude: ['" + "😀".repeat(512) + "']",
                "agent: {image: 'registry.example:5000/a/b@sha256:" + "0".repeat(64) + "'}",
                "agent: {resources: {cpu: '0.250'}}",
                "drift: {correctionBudget: {}}",
                "drift: {correctionBudget: {max: 101}}",
                "trigger: {}",
                "deletion: {injection: Remove, confirmDataLoss: true}");
    }

    @ParameterizedTest
    @MethodSource("files")
    void no_file_is_judged_otherwise_than_by_a_cluster(Path file) throws IOException {
        same(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void no_edge_is_judged_otherwise_than_by_a_cluster(String more) throws IOException {
        same(Files.readString(SMALLEST) + "  " + more + "\n");
    }

    @Test
    void an_unknown_field_is_refused_as_kubectl_has_it_refused() throws IOException {
        String text = Files.readString(SMALLEST) + "  intervall: 15m\n";
        assertThat(PolicyFile.read(text)).isInstanceOf(PolicyFile.Bad.class);
    }

    private static void same(String text) {
        Server server = ask(text);
        switch (PolicyFile.read(text)) {
            case PolicyFile.Good good -> {
                assertThat(server.causes())
                        .as("refused by the API server alone")
                        .isEmpty();
                assertThat(withoutZeros(good.document().path("spec"))).isEqualTo(withoutZeros(server.spec()));
            }
            case PolicyFile.Bad(List<String> sentences) -> {
                assertThat(server.causes())
                        .as("accepted by the API server alone; here: %s", sentences)
                        .isNotEmpty();
                for (String sentence : sentences) {
                    assertThat(server.causes())
                            .as("nothing that the API server says fits: %s", sentence)
                            .anyMatch(cause -> cause.contains(beginning(sentence)));
                }
            }
        }
    }

    /// A rule's sentence as a whole; of what Kubernetes words, the field and the kind of problem.
    private static String beginning(String sentence) {
        for (String kind : List.of("Required value", "Unsupported value", "Invalid value", "Too long", "Too many")) {
            int at = sentence.indexOf(": " + kind);
            if (at > 0) {
                return sentence.substring(0, at + 2 + kind.length());
            }
        }
        return sentence;
    }

    /// 1.0 is 1.
    private static String withoutZeros(JsonNode tree) {
        return tree.toString().replaceAll(":([0-9]+)[.]0([,}])", ":$1$2").transform(SameAsApiServerTest::sorted);
    }

    private static String sorted(String json) {
        try {
            return JSON.writer(com.fasterxml.jackson.databind.SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(JSON.readValue(json, Object.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As `kubectl create --dry-run=server`.
    private static Server ask(String text) {
        GenericKubernetesResource policy = Serialization.unmarshal(
                new java.io.ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                GenericKubernetesResource.class);
        try {
            GenericKubernetesResource created = KubeApi.shared()
                    .resource(policy)
                    .inNamespace("default")
                    .dryRun()
                    .create();
            return new Server(JSON.valueToTree(created).path("spec"), List.of());
        } catch (KubernetesClientException e) {
            List<String> causes = new ArrayList<>(List.of(String.valueOf(e.getMessage())));
            if (e.getStatus() != null && e.getStatus().getDetails() != null) {
                e.getStatus()
                        .getDetails()
                        .getCauses()
                        .forEach(each -> causes.add(each.getField() + ": " + each.getMessage()));
            }
            return new Server(JSON.missingNode(), causes);
        }
    }
}
