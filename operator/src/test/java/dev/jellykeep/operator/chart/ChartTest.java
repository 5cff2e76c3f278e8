package dev.jellykeep.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the chart makes of its values.
class ChartTest {
    private static final String GROUP = "scope.resourceGroup=/subscriptions/s/resourceGroups/media";
    private static final String ACCOUNT = "scope.storageAccount=https://stfamily.blob.core.windows.net";
    private static final String MONITORING = "monitoring.coreos.com/v1";

    private static JsonNode pod(Chart.Rendered rendered) {
        return rendered.only("Deployment").at("/spec/template");
    }

    private static String variable(Chart.Rendered rendered, String name) {
        for (JsonNode each : pod(rendered).at("/spec/containers/0/env")) {
            if (each.path("name").asText().equals(name)) {
                return each.has("value")
                        ? each.path("value").asText()
                        : each.path("valueFrom").toString();
            }
        }
        return "";
    }

    @Test
    void helmFindsNothingToComplainOf() {
        Tool.Ended ended = Chart.helm(List.of(
                "lint",
                Chart.FOLDER.toString(),
                "--strict",
                "--set",
                Chart.CLIENT,
                "--set",
                "scope.create=true" + "," + GROUP + "," + ACCOUNT));
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.all()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @CsvSource({
        "replica=3, replica",
        "replicas=x, replicas",
        "azure.credentials=Password, azure/credentials",
        "scope.resourceGroup=media, scope/resourceGroup",
        "scope.storageAccount=stfamily, scope/storageAccount",
        "managementPort=80, managementPort",
        "monitoring.rules=true, monitoring/rules",
        "image.digest=latest, image/digest"
    })
    void aValueThatCannotBeMeantIsRefusedByItsName(String set, String where) {
        Tool.Ended ended = Chart.template("--set", set);
        assertThat(ended.code()).isNotZero();
        assertThat(ended.err()).contains("values don't meet the specifications of the schema", where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "azure.clientId=|azure.clientId is not set: write the client id",
                "scope.create=true," + ACCOUNT + "|scope.create needs scope.resourceGroup",
                "scope.create=true," + GROUP + "|scope.create needs scope.storageAccount",
                "azure.credentials=ClientSecret|a Secret in namespace jellykeep with the key clientSecret",
                "azure.credentials=ClientCertificate\\,azure.tenantId=t|with the key certificate.pem"
            })
    void whatIsMissingIsSaidWithWhatToWrite(String set, String sentence) {
        Tool.Ended ended = Chart.template("--set", set.replace("\\,", ","));
        assertThat(ended.code()).isNotZero();
        assertThat(ended.err()).contains(sentence);
    }

    @Test
    void theVersionsAreTheProgramsOwn() throws IOException {
        JsonNode chart =
                new YAMLMapper().readTree(Chart.FOLDER.resolve("Chart.yaml").toFile());
        var version = Pattern.compile("<artifactId>jellykeep</artifactId>\\s*<version>([^<]+?)(-SNAPSHOT)?</version>")
                .matcher(Files.readString(Path.of("../pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(chart.path("version").asText()).isEqualTo(version.group(1));
        assertThat(chart.path("appVersion").asText()).isEqualTo(version.group(1));

        Chart.Rendered rendered = Chart.render();
        assertThat(pod(rendered).at("/spec/containers/0/image").asText())
                .isEqualTo("ghcr.io/jellykeep/operator:" + version.group(1));
        assertThat(variable(rendered, "JELLYKEEP_AGENT_IMAGE"))
                .isEqualTo("ghcr.io/jellykeep/agent:" + version.group(1));
    }

    @Test
    void aDigestCountsBeforeATag() {
        String digest = "sha256:" + "a".repeat(64);
        Chart.Rendered rendered =
                Chart.render("--set", "image.tag=v1,image.digest=" + digest + ",agent.image.digest=" + digest);
        assertThat(pod(rendered).at("/spec/containers/0/image").asText())
                .isEqualTo("ghcr.io/jellykeep/operator@" + digest);
        assertThat(variable(rendered, "JELLYKEEP_AGENT_IMAGE")).isEqualTo("ghcr.io/jellykeep/agent@" + digest);
    }

    @Test
    void twoPodsAgreeOnALeaderAndAreNotDrainedAtOnce() {
        Chart.Rendered two = Chart.render();
        assertThat(two.only("Deployment").at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(variable(two, "JELLYKEEP_LEASE_NAMESPACE")).isEqualTo("jellykeep");
        assertThat(two.only("PodDisruptionBudget").at("/spec/selector"))
                .isEqualTo(two.only("Deployment").at("/spec/selector"));

        Chart.Rendered one = Chart.render("--set", "replicas=1");
        assertThat(one.all("PodDisruptionBudget"))
                .as("a budget of one pod would keep its node from being drained")
                .isEmpty();
        assertThat(variable(one, "JELLYKEEP_LEASE_NAMESPACE"))
                .as("a new pod begins before the old one ends")
                .isEqualTo("jellykeep");
    }

    @Test
    void aksKnowsWhoThePodIs() {
        Chart.Rendered rendered = Chart.render();
        assertThat(pod(rendered)
                        .at("/metadata/labels/azure.workload.identity~1use")
                        .asText())
                .isEqualTo("true");
        assertThat(rendered.only("ServiceAccount")
                        .at("/metadata/annotations/azure.workload.identity~1client-id")
                        .asText())
                .isEqualTo("00000000-0000-0000-0000-00000000000c");
        assertThat(variable(rendered, "AZURE_CLIENT_ID"))
                .as("what AKS fills in")
                .isEmpty();
    }

    @Test
    void aServicePrincipalsSecretStaysInItsSecret() {
        String principal = "azure.tenantId=t,azure.secretName=azure,azure.credentials=";
        Chart.Rendered secret = Chart.render("--set", principal + "ClientSecret");
        assertThat(variable(secret, "AZURE_CLIENT_SECRET"))
                .isEqualTo("{\"secretKeyRef\":{\"name\":\"azure\",\"key\":\"clientSecret\"}}");
        assertThat(variable(secret, "AZURE_TENANT_ID")).isEqualTo("t");
        assertThat(pod(secret)
                        .at("/metadata/labels/azure.workload.identity~1use")
                        .isMissingNode())
                .isTrue();

        Chart.Rendered certificate = Chart.render("--set", principal + "ClientCertificate");
        String mount = pod(certificate)
                .at("/spec/containers/0/volumeMounts/1/mountPath")
                .asText();
        assertThat(variable(certificate, "AZURE_CLIENT_CERTIFICATE_PATH")).isEqualTo(mount + "/certificate.pem");
        assertThat(pod(certificate).at("/spec/volumes/1/secret/secretName").asText())
                .isEqualTo("azure");
    }

    @Test
    void prometheusIsServedWhereItIsKnownOrAskedFor() {
        assertThat(Chart.render().documents())
                .extracting(each -> each.path("apiVersion").asText())
                .doesNotContain(MONITORING);
        assertThat(Chart.render("--set", "monitoring.rules=Always").all("PrometheusRule"))
                .hasSize(1);
        Chart.Rendered never = Chart.render(
                Chart.MONITORED,
                "--set",
                "monitoring.rules=Never,monitoring.serviceMonitor=Never,monitoring.dashboard=Never");
        assertThat(never.documents())
                .extracting(each -> each.path("kind").asText())
                .doesNotContain("PrometheusRule", "ServiceMonitor", "ConfigMap");

        Chart.Rendered auto = Chart.render(Chart.MONITORED, "--set", "monitoring.labels.release=prometheus");
        ObjectNode monitor = auto.only("ServiceMonitor");
        JsonNode endpoint = monitor.at("/spec/endpoints/0");
        assertThat(endpoint.path("honorLabels").asBoolean())
                .as("else every series is of the operator's own namespace, and no alert says whose it is")
                .isTrue();
        ObjectNode service = auto.only("Service");
        assertThat(monitor.at("/spec/selector/matchLabels").properties())
                .isSubsetOf(service.at("/metadata/labels").properties());
        assertThat(service.at("/spec/selector").properties())
                .isSubsetOf(pod(auto).at("/metadata/labels").properties());
        assertThat(endpoint.path("port")).isEqualTo(service.at("/spec/ports/0/name"));
        assertThat(service.at("/spec/ports/0/targetPort")).isEqualTo(pod(auto).at("/spec/containers/0/ports/0/name"));
        assertThat(monitor.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
        assertThat(auto.only("PrometheusRule").at("/metadata/labels/release").asText())
                .isEqualTo("prometheus");
        assertThat(auto.only("ConfigMap")
                        .at("/metadata/labels/grafana_dashboard")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void nothingReachesThePodButProbesAndItReachesAzureAlone() {
        Chart.Rendered rendered = Chart.render("--set", "networkPolicy.apiServerPorts={8443}");
        JsonNode spec = rendered.only("NetworkPolicy").path("spec");
        assertThat(spec.at("/podSelector/matchLabels"))
                .isEqualTo(rendered.only("Deployment").at("/spec/selector/matchLabels"));
        assertThat(spec.path("policyTypes")).hasToString("[\"Ingress\",\"Egress\"]");
        assertThat(spec.path("ingress")).hasToString("[{\"ports\":[{\"protocol\":\"TCP\",\"port\":\"management\"}]}]");
        assertThat(spec.at("/egress").findValuesAsText("port")).containsExactly("53", "53", "443", "8443");
    }

    @Test
    void theFirstScopeAllowsNoMoreThanItSays() {
        String create = "scope.create=true," + GROUP + "," + ACCOUNT;
        Chart.Rendered known = Chart.render("--set", create, "--api-versions=jellykeep.dev/v1alpha1/ContainerAppScope");
        JsonNode scope = known.only("ContainerAppScope");
        assertThat(scope.path("spec"))
                .hasToString("{\"namespaces\":[\"jellykeep\"],"
                        + "\"resourceIdPrefixes\":[\"/subscriptions/s/resourceGroups/media\"],"
                        + "\"storagePrefixes\":[\"https://stfamily.blob.core.windows.net/jellyfin-backups\"],"
                        + "\"identities\":[\"system\"]}");
        assertThat(scope.at("/metadata/annotations").isMissingNode())
                .as("a hook is made anew with each upgrade, and for a moment nothing would be allowed")
                .isTrue();

        assertThat(Chart.render("--set", create).all("ContainerAppScope"))
                .as("where the kind isn't known yet")
                .allSatisfy(each -> assertThat(each.path("spec")).isEqualTo(scope.path("spec")))
                .extracting(
                        each -> each.at("/metadata/annotations/helm.sh~1hook").asText())
                .containsExactlyInAnyOrder("post-install,post-upgrade", "post-delete");
        assertThat(Chart.render().all("ContainerAppScope")).isEmpty();
    }
}
