package dev.jellykeep.scenarios.demo;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/// What is left up after a demo, and what to try with it.
final class Visit {
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

                Everything stays up until Ctrl-C. To try in another shell, from this folder:

                The server; a request starts it where it sleeps, its page is the login or the setup wizard:
                  curl %s/System/Info/Public
                  curl %s/web/
                The policy, which the story may have deleted; what it says; a backup now:
                %s
                Archives, as the storage account's owner, whom agents never are:
                  export AZURE_STORAGE_CONNECTION_STRING='%s'
                  export JAVA_TOOL_OPTIONS='%s'
                  ./jellykeep list --container %s
                Idle, so that the app goes to zero with a final backup:
                  curl -X POST '%s_sandbox/idle?app=jellyfin'
                The storage fails, and is back:
                  curl -X POST '%s_sandbox/storage?outage=refused'
                  curl -X POST '%s_sandbox/storage?outage=none'
                What the platform says, the restore and the agent:
                  curl '%s_sandbox/logs?type=system&app=jellyfin&tail=50'
                  curl '%s_sandbox/logs?type=console&app=jellyfin&container=jellykeep-restore'
                  curl '%s_sandbox/logs?type=console&app=jellyfin&container=jellykeep-agent&follow=true'
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
                        root(),
                        root());
    }

    private String kubernetes() {
        var commands = stage.kubernetesCommands();
        return "  " + (commands.isEmpty() ? "(this story has none)" : String.join("\n  ", commands));
    }

    private String root() {
        return stage.town().azure().apps().uri() + "/";
    }
}
