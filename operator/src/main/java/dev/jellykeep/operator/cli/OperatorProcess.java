package dev.jellykeep.operator.cli;

import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.operator.desired.AgentRelease;
import dev.jellykeep.operator.kube.EventLog;
import dev.jellykeep.operator.kube.PolicyReconciler;
import dev.jellykeep.operator.kube.Tempo;
import dev.jellykeep.operator.management.ManagementServer;
import dev.jellykeep.operator.management.OperatorMetrics;
import dev.jellykeep.operator.reconcile.Policies;
import dev.jellykeep.operator.reconcile.PolicyDesk;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The running operator.
final class OperatorProcess implements AutoCloseable {
    private static final Duration TO_END = Duration.ofSeconds(20);

    private final Connection azure;
    private final Policies policies;
    private final Operator operator;
    private final ManagementServer management;
    private final AtomicBoolean leads;

    private OperatorProcess(
            Connection azure, Policies policies, Operator operator, ManagementServer management, AtomicBoolean leads) {
        this.azure = azure;
        this.policies = policies;
        this.operator = operator;
        this.management = management;
        this.leads = leads;
    }

    /// Starts it; returns once it watches.
    ///
    /// @param client not closed by this
    /// @param lost run when another operator leads from now on
    /// @param blind told why, when something can't be watched any more
    static OperatorProcess start(
            Map<String, String> environment,
            OperatorOptions options,
            KubernetesClient client,
            Runnable lost,
            Consumer<String> blind)
            throws IOException {
        return start(environment, options, client, lost, blind, Tempo.usual());
    }

    /// As above, with time of one's own.
    static OperatorProcess start(
            Map<String, String> environment,
            OperatorOptions options,
            KubernetesClient client,
            Runnable lost,
            Consumer<String> blind,
            Tempo tempo)
            throws IOException {
        InstantSource clock = tempo.clock();
        AtomicBoolean leads = new AtomicBoolean(options.leaseNamespace() == null);
        Connection azure = Connection.open(
                environment,
                false,
                new AgentRelease(options.agentImage(), Settings.CONTRACT_VERSION, Map.of()),
                clock,
                leads::get,
                options.maxRollouts());
        Policies policies = new Policies(azure.surroundings());
        OperatorMetrics metrics = new OperatorMetrics(clock, azure.figures(), leads::get);
        Operator operator = new Operator(overrider -> {
            overrider
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withReconciliationTerminationTimeout(TO_END)
                    .withStopOnInformerErrorDuringStartup(true)
                    // the SDK's own ends the process without a word of what to do
                    .withInformerStoppedHandler((_, why) -> {
                        if (why != null) {
                            blind.accept(String.valueOf(why.getMessage()));
                        }
                    });
            LeaderElectionConfiguration lease = lease(options.leaseNamespace(), leads, lost);
            if (lease != null) {
                overrider.withLeaderElectionConfiguration(lease);
            }
        });
        PolicyReconciler reconciler = new PolicyReconciler(
                new PolicyDesk(policies, clock), new EventLog(client, clock), metrics.policies(), tempo.pause());
        operator.register(reconciler);
        ManagementServer management = ManagementServer.start(
                options.managementPort(),
                () -> operator.getRuntimeInfo().isStarted()
                        && operator.getRuntimeInfo().allEventSourcesAreHealthy(),
                metrics::scrape);
        OperatorProcess process = new OperatorProcess(azure, policies, operator, management, leads);
        try {
            operator.start();
            reconciler.tellOfNoScope();
        } catch (RuntimeException e) {
            process.close();
            throw e;
        }
        return process;
    }

    private static @Nullable LeaderElectionConfiguration lease(
            @Nullable String namespace, AtomicBoolean leads, Runnable lost) {
        return namespace == null
                ? null
                : LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration("jellykeep-operator")
                        .withLeaseNamespace(namespace)
                        .withExitOnStopLeading(false)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                () -> leads.set(true),
                                () -> {
                                    leads.set(false);
                                    lost.run();
                                },
                                _ -> {}))
                        .build();
    }

    int managementPort() {
        return management.port();
    }

    /// Lets what is under way end.
    @Override
    public void close() {
        leads.set(false);
        operator.stop();
        management.close();
        policies.close();
        azure.close();
    }
}
