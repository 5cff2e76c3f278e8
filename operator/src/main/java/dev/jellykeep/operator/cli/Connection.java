package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.arm.ArmFigures;
import dev.jellykeep.operator.arm.ContainerAppsApi;
import dev.jellykeep.operator.arm.azure.ArmCredential;
import dev.jellykeep.operator.arm.azure.ArmEndpoint;
import dev.jellykeep.operator.arm.azure.ArmOptions;
import dev.jellykeep.operator.arm.azure.AzureContainerApps;
import dev.jellykeep.operator.desired.AgentRelease;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.Preview;
import dev.jellykeep.operator.reconcile.Surroundings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Azure, as whoever runs this reaches it.
final class Connection implements AutoCloseable {
    private final AzureContainerApps arm;
    private final AzurePlaces places;
    private final Surroundings surroundings;

    private Connection(AzureContainerApps arm, AzurePlaces places, Surroundings surroundings) {
        this.arm = arm;
        this.places = places;
        this.surroundings = surroundings;
    }

    static Connection open(Invocation invocation, PolicyFile.Good policy) {
        return open(
                invocation.environment(),
                true,
                invocation.release(policy),
                invocation.clock(),
                () -> true,
                Surroundings.USUAL_ROLLOUTS);
    }

    /// @param atPrompt a person started this, so that `az login` counts
    /// @param mayWrite false: another operator leads
    /// @param maxRollouts how many injected apps may get another template at the same time
    static Connection open(
            Map<String, String> environment,
            boolean atPrompt,
            AgentRelease release,
            InstantSource clock,
            BooleanSupplier mayWrite,
            int maxRollouts) {
        AzureContainerApps arm = AzureContainerApps.open(
                ArmEndpoint.fromEnvironment(environment),
                ArmCredential.fromEnvironment(environment, atPrompt),
                ArmOptions.defaults(),
                new SecureRandom());
        AzurePlaces places = new AzurePlaces(environment, atPrompt);
        return new Connection(arm, places, new Surroundings(arm, places, release, clock, mayWrite, maxRollouts));
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

    ArmFigures figures() {
        return arm;
    }

    ContainerAppsApi arm() {
        return arm;
    }

    @Override
    public void close() {
        places.close();
        arm.close();
    }
}
