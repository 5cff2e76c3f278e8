package dev.jellykeep.operator.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.operator.desired.AgentRelease;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.PlanInput;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Policies;
import dev.jellykeep.operator.desired.PolicyName;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.Options;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a family gets by `azd up`.
class InfraTest {
    private static final String APPS = "Microsoft.App/containerApps";

    private static JsonNode body(Deployment deployment, String type) {
        return all(deployment, type).getFirst();
    }

    private static List<ObjectNode> all(Deployment deployment, String type) {
        List<ObjectNode> found = deployment.sent().stream()
                .filter(each -> each.type().equals(type))
                .map(Deployment.Sent::body)
                .toList();
        assertThat(found).as(type).isNotEmpty();
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "medium", "large"})
    void aServerByAzdUpIsAsItsPolicyWantsIt(String size) throws IOException {
        Azd azd = new Azd(Map.of("JELLYFIN_SIZE", size));
        azd.ground();
        try (ContainerApps azure = ContainerApps.start(Options.standing(Instant.parse("2026-11-01T08:00:00Z")))) {
            deploy(azure, azd, azd.server());
            assertThat(plan(azure, azd)).isInstanceOf(Plan.UpToDate.class);
        }
    }

    @Test
    void azdUpTwiceInARowChangesNothing() throws IOException {
        Azd azd = new Azd(Map.of());
        azd.ground();
        try (ContainerApps azure = ContainerApps.start(Options.standing(Instant.parse("2026-11-01T08:00:00Z")))) {
            deploy(azure, azd, azd.server());
            azd.ground();
            deploy(azure, azd, azd.server());
            assertThat(azure.get(azd.get("JELLYFIN_APP_ID"))
                            .at("/properties/latestRevisionName")
                            .asText())
                    .endsWith("0000001");
            assertThat(plan(azure, azd)).isInstanceOf(Plan.UpToDate.class);
        }
    }

    @Test
    void aServerThatAnOperatorIsToInjectIsInjectable() throws IOException {
        Azd azd = new Azd(Map.of("INJECTED_BY", "operator"));
        azd.ground();
        try (ContainerApps azure = ContainerApps.start(Options.standing(Instant.parse("2026-11-01T08:00:00Z")))) {
            deploy(azure, azd, azd.server());
            assertThat(plan(azure, azd)).isInstanceOf(Plan.Patch.class);
        }
    }

    @Test
    void theLineageIsTheOneThatAgentAndOperatorCompute() {
        Azd azd = new Azd(Map.of());
        azd.ground();
        AppResourceId app = AppResourceId.parse(azd.get("JELLYFIN_APP_ID")).orThrow();
        assertThat(azd.environment())
                .containsEntry("JELLYKEEP_LINEAGE", LineageId.ofApp(app).toString());
        Azd other = new Azd(Map.of("EXISTING_LINEAGE", "33333333-3333-4333-8333-333333333333"));
        other.ground();
        assertThat(other.environment()).containsEntry("JELLYKEEP_LINEAGE", "33333333-3333-4333-8333-333333333333");
    }

    @Test
    void aSleepingServerCostsNothingAndNeverHasTwoReplicas() {
        Azd azd = new Azd(Map.of());
        azd.ground();
        JsonNode template = body(azd.server(), APPS).at("/properties/template");
        assertThat(template.at("/scale/minReplicas").asInt(-1)).isZero();
        assertThat(template.at("/scale/maxReplicas").asInt()).isOne();
        assertThat(template.at("/terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(120);
    }

    @Test
    void nobodyGetsAtTheArchivesWithAKeyOrWithoutAName() {
        Deployment ground = new Azd(Map.of()).ground();
        JsonNode account = all(ground, "Microsoft.Storage/storageAccounts").stream()
                .filter(each -> each.path("name").asText().startsWith("stjk"))
                .findFirst()
                .orElseThrow();
        assertThat(account.at("/sku/name").asText()).isEqualTo("Standard_ZRS");
        assertThat(account.at("/properties/allowSharedKeyAccess").asBoolean(true))
                .isFalse();
        assertThat(account.at("/properties/allowBlobPublicAccess").asBoolean(true))
                .isFalse();
        assertThat(body(ground, "Microsoft.Storage/storageAccounts/blobServices/containers")
                        .at("/properties/publicAccess")
                        .asText())
                .isEqualTo("None");
    }

    @Test
    void whatIsDeletedOrOverwrittenStaysForTwoWeeks() {
        Deployment ground = new Azd(Map.of()).ground();
        JsonNode blobs =
                body(ground, "Microsoft.Storage/storageAccounts/blobServices").path("properties");
        assertThat(blobs.path("isVersioningEnabled").asBoolean()).isTrue();
        assertThat(blobs.at("/deleteRetentionPolicy/days").asInt()).isEqualTo(14);
        assertThat(blobs.at("/containerDeleteRetentionPolicy/days").asInt()).isEqualTo(14);
    }

    @Test
    void noLifecycleRuleTouchesACurrentBlob() {
        JsonNode rules = body(new Azd(Map.of()).ground(), "Microsoft.Storage/storageAccounts/managementPolicies")
                .at("/properties/policy/rules");
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/definition/actions").properties())
                    .extracting(Map.Entry::getKey)
                    .containsExactly("version");
        });
    }

    @Test
    void nothingDeletesTheArchivesAccountByTheWay() {
        assertThat(body(new Azd(Map.of()).ground(), "Microsoft.Authorization/locks")
                        .at("/properties/level")
                        .asText())
                .isEqualTo("CanNotDelete");
        assertThat(new Azd(Map.of("LOCK_ARCHIVES", "false")).ground().sent())
                .extracting(Deployment.Sent::type)
                .doesNotContain("Microsoft.Authorization/locks");
    }

    @Test
    void whatTheChartNeedsOfTheClusterIsSaid() {
        Azd azd = new Azd(Map.of("DEPLOY_AKS", "true"));
        azd.ground();
        assertThat(azd.get("JELLYKEEP_OPERATOR_CLIENT_ID")).hasSize(36);
        assertThat(azd.get("AKS_CLUSTER")).startsWith("aks-");
    }

    @Test
    void everyRoleIsOnTheContainerButTheOperatorsOwn() throws IOException {
        Deployment ground = new Azd(Map.of("DEPLOY_AKS", "true")).ground();
        List<Deployment.Sent> roles = ground.sent().stream()
                .filter(each -> each.type().equals("Microsoft.Authorization/roleAssignments"))
                .toList();
        assertThat(roles).hasSize(4);
        assertThat(roles)
                .filteredOn(each -> !each.id().contains("/containers/jellyfin-backups/"))
                .singleElement()
                .satisfies(each -> assertThat(
                                each.body().at("/properties/roleDefinitionId").asText())
                        .doesNotContain("ba92f5b4"));
        assertThat(body(ground, "Microsoft.Authorization/roleDefinitions").at("/properties/permissions/0/actions"))
                .isEqualTo(Injection.JSON
                        .readTree(Azd.INFRA.resolve("roles/operator.json").toFile())
                        .path("Actions"));
    }

    @Test
    void withoutTheClusterNobodyIsGivenTheOperatorsRole() {
        assertThat(new Azd(Map.of()).ground().sent())
                .extracting(Deployment.Sent::type)
                .doesNotContain("Microsoft.Authorization/roleDefinitions", "Microsoft.ContainerService/managedClusters")
                .filteredOn("Microsoft.Authorization/roleAssignments"::equals)
                .hasSize(2);
    }

    @Test
    void aTemplateThatIsNotUnderstoodIsNotTakenForAGoodOne() {
        assertThatThrownBy(() -> Parser.parse("x.bicep", "resource a 'T@1' = [for x in y: {}]"))
                .hasMessageStartingWith("x.bicep, line 1");
        assertThatThrownBy(() -> Parser.parse("x.bicep", "var a = {\n  b: 1 c: 2\n}"))
                .hasMessageContaining("two members");
    }

    private static void deploy(ContainerApps azure, Azd azd, Deployment server) {
        azure.put(azd.get("JELLYFIN_ENVIRONMENT_ID"), """
                {"location": "westeurope", "properties": {"workloadProfiles": [
                  {"name": "Consumption", "workloadProfileType": "Consumption"}]}}
                """);
        ObjectNode app = body(server, APPS).deepCopy();
        azure.put(azd.get("JELLYFIN_APP_ID"), app.without("name").toString());
        azure.advance(Duration.ofMinutes(5));
    }

    private static Plan plan(ContainerApps azure, Azd azd) throws IOException {
        String app = azd.get("JELLYFIN_APP_ID");
        JsonNode spec = Injection.JSON.readTree(
                """
                {"containerApp": {"resourceId": "%s"}, "storage": {"accountUrl": "%s", "container": "%s"}}
                """.formatted(app, azd.get("JELLYKEEP_ACCOUNT_URL"), azd.get("JELLYKEEP_CONTAINER")));
        return Planner.plan(new PlanInput(
                new PolicyName("media", "family"),
                Policies.spec(spec),
                azure.get(app),
                LineageId.parse(azd.get("JELLYKEEP_LINEAGE")).orThrow(),
                new AgentRelease("ghcr.io/jellykeep/agent:0.1.0", Settings.CONTRACT_VERSION, Map.of()),
                null,
                null));
    }
}
