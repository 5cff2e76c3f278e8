package dev.jellykeep.operator.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/// `run`: the operator in a cluster, until SIGTERM.
final class RunCommand implements Command {
    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Reconciles the policies of a cluster until it is stopped. Settings are environment variables, see"
                + " docs/operator.md.";
    }

    @Override
    public ExitCode run(Invocation invocation) throws IOException, InterruptedException {
        OperatorOptions options;
        try {
            options = OperatorOptions.of(invocation.environment());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
        CountDownLatch told = new CountDownLatch(1);
        Queue<String> blind = new ConcurrentLinkedQueue<>();
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    told.countDown();
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                // another leads: a process that starts anew knows nothing that is old
                OperatorProcess _ =
                        OperatorProcess.start(invocation.environment(), options, client, told::countDown, why -> {
                            blind.add(why);
                            told.countDown();
                        })) {
            told.await();
            String why = blind.peek();
            if (why != null) {
                throw unwatched(why);
            }
        } catch (OperatorException | KubernetesClientException e) {
            throw unwatched(innermost(e));
        } finally {
            over.countDown();
        }
        return ExitCode.OK;
    }

    private static CommandException unwatched(String why) {
        return new CommandException(
                ExitCode.UNREACHABLE,
                "the Kubernetes API can't be watched (" + why
                        + "): check KUBECONFIG, that crds/ are applied, and the rights in examples/operator/rbac.yaml");
    }

    private static String innermost(Throwable e) {
        Throwable at = e;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getMessage() == null ? at.toString() : at.getMessage();
    }
}
