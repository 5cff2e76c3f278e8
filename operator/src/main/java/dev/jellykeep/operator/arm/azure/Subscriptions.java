package dev.jellykeep.operator.arm.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.AzureEnvironment.Endpoint;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.appcontainers.ContainerAppsApiManager;
import java.util.HashMap;
import java.util.concurrent.ConcurrentHashMap;

/// The SDK's clients, one set for each subscription, all over one pipeline.
final class Subscriptions {
    private final ConcurrentHashMap<String, ContainerAppsApiManager> managers = new ConcurrentHashMap<>();
    private final HttpPipeline pipeline;
    private final AzureEnvironment environment;

    Subscriptions(HttpPipeline pipeline, ArmEndpoint endpoint) {
        this.pipeline = pipeline;
        var endpoints = new HashMap<>(AzureEnvironment.AZURE.getEndpoints());
        endpoints.put(Endpoint.RESOURCE_MANAGER.identifier(), endpoint.url().toString());
        endpoints.put(Endpoint.MANAGEMENT.identifier(), endpoint.audience());
        endpoints.put(Endpoint.ACTIVE_DIRECTORY.identifier(), endpoint.authority() + "/");
        environment = new AzureEnvironment(endpoints);
    }

    /// The typed clients of a subscription.
    ContainerAppsApiManager of(String subscription) {
        return managers.computeIfAbsent(
                subscription,
                // The tenant is the credential's business, and the pipeline has one already.
                id -> ContainerAppsApiManager.authenticate(pipeline, new AzureProfile("", id, environment)));
    }
}
