package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.appcontainers.ContainerAppsApiManager;
import com.azure.resourcemanager.appcontainers.models.Configuration;
import com.azure.resourcemanager.appcontainers.models.Container;
import com.azure.resourcemanager.appcontainers.models.ContainerApp;
import com.azure.resourcemanager.appcontainers.models.ContainerResources;
import com.azure.resourcemanager.appcontainers.models.InitContainer;
import com.azure.resourcemanager.appcontainers.models.Scale;
import com.azure.resourcemanager.appcontainers.models.Secret;
import com.azure.resourcemanager.appcontainers.models.Template;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.settings.OperationHeader;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A witness that isn't our operator: Azure's own typed client. Time is real here, and short.
class TypedClientTest {
    private static final String FIRST = "web--0000001";

    private final ContainerApps apps = ContainerApps.start();
    private final ContainerAppsApiManager manager = manager(apps);

    @BeforeEach
    void environment() {
        apps.put(Town.ENVIRONMENT, Town.ENVIRONMENT_BODY);
    }

    @AfterEach
    void close() {
        apps.close();
    }

    @ParameterizedTest
    @EnumSource
    void an_app_is_created_and_updated_whatever_header_names_the_operation(OperationHeader header) {
        apps.change(settings -> settings.withHeaders(OperationHeader.AZURE_ASYNC_OPERATION, header)
                .with(settings.timings().with(Span.OPERATION, Duration.ofMillis(100))));
        var app = create(new Configuration());
        assertThat(app.provisioningState()).hasToString("Succeeded");
        assertThat(app.latestReadyRevisionName()).isEqualTo(FIRST);
        var template = app.template();
        template.containers().getFirst().withImage("web:2");
        var updated =
                app.update().withTags(Map.of("a", "b")).withTemplate(template).apply();
        assertThat(updated.latestReadyRevisionName()).isEqualTo("web--0000002");
        assertThat(updated.tags()).containsEntry("a", "b");
        assertThat(manager.containerApps()
                        .getByResourceGroup("media", "web")
                        .template()
                        .containers()
                        .getFirst()
                        .image())
                .isEqualTo("web:2");
    }

    @Test
    void an_app_sent_back_as_it_was_got_makes_no_revision() {
        var app = create(new Configuration());
        app.update().withTags(Map.of("c", "d")).apply();
        assertThat(manager.containerApps()
                        .getById(Town.GROUP + "/providers/Microsoft.App/containerApps/web")
                        .latestRevisionName())
                .isEqualTo(FIRST);
    }

    @Test
    void an_app_with_secrets_can_not_be_sent_back_as_it_was_got() {
        var app = create(new Configuration()
                .withSecrets(List.of(new Secret().withName("s").withValue("v"))));
        assertThat(manager.containerApps()
                        .listSecrets("media", "web")
                        .value()
                        .getFirst()
                        .value())
                .isEqualTo("v");
        assertThatThrownBy(() -> app.update().withTags(Map.of("c", "d")).apply())
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo("ContainerAppSecretInvalid"));
    }

    @Test
    void revisions_and_replicas_are_listed_with_their_containers() {
        apps.change(settings -> settings.withPageSize(1));
        var app = create(new Configuration());
        var template = app.template();
        template.containers().getFirst().withImage("web:2");
        app.update().withTemplate(template).apply();
        var revisions = manager.containerAppsRevisions().listRevisions("media", "web").stream()
                .toList();
        assertThat(revisions).hasSize(2);
        assertThat(revisions.getFirst().active()).isFalse();
        assertThat(revisions.getLast().runningState()).hasToString("RunningAtMaxScale");
        var second = revisions.getLast().name();
        var replicas = manager.containerAppsRevisionReplicas()
                .listReplicas("media", "web", second)
                .value();
        assertThat(replicas).hasSize(1);
        var replica = manager.containerAppsRevisionReplicas()
                .getReplica("media", "web", second, replicas.getFirst().name());
        assertThat(replica.runningState()).hasToString("Running");
        assertThat(replica.containers().getFirst().ready()).isTrue();
        assertThat(replica.initContainers().getFirst().runningState()).hasToString("Terminated");
        manager.containerAppsRevisions().deactivateRevision("media", "web", second);
        assertThat(manager.containerAppsRevisions()
                        .getRevision("media", "web", second)
                        .runningState())
                .hasToString("Stopped");
        manager.containerAppsRevisions().activateRevision("media", "web", second);
        manager.containerAppsRevisions().restartRevision("media", "web", second);
    }

    @Test
    void a_rollout_that_fails_is_an_exception_with_the_service_s_code() {
        apps.script(ContainerScript.of("init").fails(ContainerScript.FOR_EVER, 3, "no blob"));
        apps.change(settings -> settings.with(settings.timings().with(Span.PROGRESS_DEADLINE, Duration.ofMillis(200))));
        assertThatThrownBy(() -> create(new Configuration()))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo("ContainerAppOperationError"));
        var replica = manager.containerAppsRevisionReplicas()
                .listReplicas("media", "web", FIRST)
                .value()
                .getFirst();
        assertThat(replica.initContainers().getFirst().restartCount()).isEqualTo(1);
        assertThat(replica.initContainers().getFirst().runningStateDetails()).endsWith("no blob");
    }

    @Test
    void an_app_that_is_not_there_is_told_by_its_code() {
        assertThatThrownBy(() -> manager.containerApps().getByResourceGroup("media", "none"))
                .isInstanceOfSatisfying(
                        ManagementException.class,
                        e -> assertThat(e.getValue().getCode()).isEqualTo("ResourceNotFound"));
    }

    @Test
    void an_app_is_stopped_started_and_deleted() {
        create(new Configuration());
        manager.containerApps().stop("media", "web");
        assertThat(apps.replicas("web").get(FIRST)).isEmpty();
        manager.containerApps().start("media", "web");
        assertThat(apps.replicas("web").get(FIRST)).hasSize(1);
        manager.containerApps().deleteByResourceGroup("media", "web");
        assertThat(manager.containerApps().listByResourceGroup("media")).isEmpty();
    }

    private ContainerApp create(Configuration configuration) {
        var half = new ContainerResources().withCpu(0.5).withMemory("1Gi");
        return manager.containerApps()
                .define("web")
                .withRegion("westeurope")
                .withExistingResourceGroup("media")
                .withEnvironmentId(Town.ENVIRONMENT)
                .withConfiguration(configuration)
                .withTemplate(new Template()
                        .withInitContainers(List.of(new InitContainer()
                                .withName("init")
                                .withImage("init:1")
                                .withResources(half)))
                        .withContainers(List.of(new Container()
                                .withName("web")
                                .withImage("web:1")
                                .withResources(half)))
                        .withScale(new Scale().withMinReplicas(0).withMaxReplicas(1)))
                .create();
    }

    private static ContainerAppsApiManager manager(ContainerApps apps) {
        var endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put("resourceManagerEndpointUrl", apps.uri() + "/");
        endpoints.put("managementEndpointUrl", apps.uri() + "/");
        HttpPipelinePolicy token = (context, next) -> {
            context.getHttpRequest().setHeader(HttpHeaderName.AUTHORIZATION, "Bearer witness");
            return next.process();
        };
        var pipeline = new HttpPipelineBuilder()
                .httpClient(new JdkHttpClientBuilder().build())
                .policies(new RetryPolicy(), token)
                .build();
        var subscription = Town.GROUP.split("/", -1)[2];
        return ContainerAppsApiManager.authenticate(
                pipeline, new AzureProfile("tenant", subscription, new AzureEnvironment(endpoints)));
    }
}
