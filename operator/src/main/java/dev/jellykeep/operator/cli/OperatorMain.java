package dev.jellykeep.operator.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Starts the operator, and ends it on SIGTERM.
public final class OperatorMain {
    private static final int BAD_SETTING = 2;

    private OperatorMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(run(System.getenv(), System.err, arguments));
    }

    private static int run(Map<String, String> environment, PrintStream err, String... arguments)
            throws IOException, InterruptedException {
        if (arguments.length != 1 || !arguments[0].equals("run")) {
            err.println("usage: jellykeep-operator run (settings are environment variables, see docs/operator.md)");
            return BAD_SETTING;
        }
        OperatorOptions options;
        try {
            options = OperatorOptions.of(environment);
        } catch (IllegalArgumentException e) {
            err.println("jellykeep-operator: " + e.getMessage());
            return BAD_SETTING;
        }
        CountDownLatch told = new CountDownLatch(1);
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
                OperatorProcess _ = OperatorProcess.start(environment, options, client, told::countDown)) {
            told.await();
        } finally {
            over.countDown();
        }
        return 0;
    }
}
