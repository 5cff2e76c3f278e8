package dev.jellykeep.scenarios.demo;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/// What is left up after a demo, and what to try with it.
final class Visit {
    /// To the column of the commands.
    private static final String NEXT = "\n" + " ".repeat(47);

    private final PrintStream out;
    private final Stage stage;

    Visit(PrintStream out, Stage stage) {
        this.out = out;
        this.stage = stage;
    }

    /// Prints the page and waits for Ctrl-C, at which {@link Stage} is taken down.
    void untilInterrupted() {
        out.print(page());
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String page() {
        var town = stage.town();
        var azure = town.azure();
        return """

                Everything stays up until Ctrl-C.

                  The server (starts on the first request):    curl %s/System/Info/Public
                  Its setup page or login:                     curl %s/web/
                  The policy, again if deleted; a backup now:  %s
                  Archives, as the storage account's owner:    export AZURE_STORAGE_CONNECTION_STRING='%s'
                                                               export JAVA_TOOL_OPTIONS='%s'
                                                               ./jellykeep list --container %s
                  Idle, so that the app goes to zero:          curl -X POST '%s_sandbox/idle?app=jellyfin'
                  The storage fails, and is back:              curl -X POST '%s_sandbox/storage?outage=refused'
                                                               curl -X POST '%s_sandbox/storage?outage=none'
                  What the platform says, and the agent:       curl '%s_sandbox/logs?type=system&app=jellyfin&tail=50'
                                                               curl '%s_sandbox/logs?type=console&replica=REPLICA&container=jellykeep-agent'
                """.formatted(
                        azure.ingress().uri("jellyfin"),
                        azure.ingress().uri("jellyfin"),
                        kubernetes(),
                        azure.storage().ownersConnectionString(),
                        String.join(" ", azure.certificate().javaOptions()),
                        town.container(),
                        root(),
                        root(),
                        root(),
                        root(),
                        root());
    }

    private String kubernetes() {
        return String.join(NEXT, stage.kubernetesCommands());
    }

    private String root() {
        return stage.town().azure().apps().uri() + "/";
    }
}
