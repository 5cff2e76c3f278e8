package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.arm.ContainerAppsApi;
import dev.jellykeep.operator.arm.azure.ArmCredential;
import dev.jellykeep.operator.arm.azure.ArmEndpoint;
import dev.jellykeep.operator.arm.azure.ArmOptions;
import dev.jellykeep.operator.arm.azure.AzureContainerApps;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.Preview;
import dev.jellykeep.operator.reconcile.Surroundings;
import java.security.SecureRandom;
import java.util.Map;

/// Azure as a person at a prompt reaches it.
final class Connection implements AutoCloseable {
    private final AzureContainerApps arm;
    private final Surroundings surroundings;

    private Connection(AzureContainerApps arm, Surroundings surroundings) {
        this.arm = arm;
        this.surroundings = surroundings;
    }

    static Connection open(Invocation invocation, PolicyFile.Good policy) {
        Map<String, String> environment = invocation.environment();
        var release = invocation.release(policy);
        AzureContainerApps arm = AzureContainerApps.open(
                ArmEndpoint.fromEnvironment(environment),
                ArmCredential.fromEnvironment(environment, true),
                ArmOptions.defaults(),
                new SecureRandom());
        return new Connection(
                arm,
                new Surroundings(arm, new AzurePlaces(environment, true), release, invocation.clock(), () -> true));
    }

    /// What a reconcile would see and do.
    static Preview.Seen preview(Invocation invocation, PolicyFile.Good policy) {
        try (Connection azure = open(invocation, policy);
                Preview preview = new Preview(azure.surroundings())) {
            return preview.look(Invocation.view(policy));
        }
    }

    Surroundings surroundings() {
        return surroundings;
    }

    ContainerAppsApi arm() {
        return arm;
    }

    @Override
    public void close() {
        arm.close();
    }
}
