package dev.jellykeep.operator.arm.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.resourcemanager.appcontainers.ContainerAppsApiManager;
import dev.jellykeep.operator.arm.ArmException;
import java.time.InstantSource;

/// The parts of the adapter, put together: wire, budgets, token, retries, and the SDK above them.
final class ArmConnection implements AutoCloseable {
    private final ArmEndpoint endpoint;
    private final InstantSource clock;
    private final Wire wire;
    private final Budgets budgets;
    private final Tallies tallies = new Tallies();
    private final Calls calls;
    private final Raw raw;
    private final Subscriptions subscriptions;

    ArmConnection(ArmEndpoint endpoint, ArmCredential credential, ArmOptions options, Surroundings surroundings) {
        this(endpoint, credential, EntraTokens.of(credential, endpoint), options, surroundings);
    }

    ArmConnection(
            ArmEndpoint endpoint,
            ArmCredential credential,
            Tokens tokens,
            ArmOptions options,
            Surroundings surroundings) {
        check(endpoint, credential);
        this.endpoint = endpoint;
        clock = surroundings.clock();
        wire = new Wire(options.tryTimeout());
        budgets = new Budgets(options, clock, surroundings.pause());
        var bearer = new Bearer(tokens, clock);
        var tries = new Tries(budgets, bearer, surroundings.pause(), surroundings.random());
        var exchange = new Exchange(wire, new CallLog(surroundings.log()), tallies, clock, surroundings.random());
        var http = new ArmHttp(endpoint, tries, exchange);
        HttpPipeline pipeline = new HttpPipelineBuilder().httpClient(http).build();
        calls = new Calls(options.deadline(), clock, new Sentences(endpoint, credential, bearer::principal));
        raw = new Raw(pipeline, clock);
        subscriptions = new Subscriptions(pipeline, endpoint);
    }

    ArmEndpoint endpoint() {
        return endpoint;
    }

    InstantSource clock() {
        return clock;
    }

    Budgets budgets() {
        return budgets;
    }

    Tallies tallies() {
        return tallies;
    }

    Calls calls() {
        return calls;
    }

    Raw raw() {
        return raw;
    }

    ContainerAppsApiManager subscription(Target target) {
        return subscriptions.of(target.subscription());
    }

    @Override
    public void close() {
        wire.close();
    }

    private static void check(ArmEndpoint endpoint, ArmCredential credential) {
        if (credential instanceof ArmCredential.None) {
            return;
        }
        var emulated = credential instanceof ArmCredential.StaticToken;
        if (endpoint.plain() != emulated) {
            throw new ArmException(
                    ArmException.Kind.INVALID,
                    emulated
                            ? "JELLYKEEP_ARM_TOKEN is for emulators alone, but ARM's address " + endpoint.url()
                                    + " is not plain http: unset it."
                            : "A credential is not sent over plain http: write AZURE_RESOURCE_MANAGER_ENDPOINT with"
                                    + " https, or, for an emulator, set JELLYKEEP_ARM_TOKEN instead.",
                    null,
                    "",
                    null);
        }
    }
}
