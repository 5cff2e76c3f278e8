package dev.jellykeep.agent.soak;

import dev.jellykeep.agent.data.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/// `tools/soak [BACKUPS [ROWS [PAIRS [SECONDS]]]]`: ends with 1 if an archive fails.
final class SoakMain {
    private SoakMain() {}

    public static void main(String[] arguments) throws IOException {
        int backups = argument(arguments, 0, 200);
        int rows = argument(arguments, 1, 200_000);
        int pairs = argument(arguments, 2, 5);
        int seconds = argument(arguments, 3, 10);
        Path work = Files.createTempDirectory("jellykeep-soak-");
        Consumer<String> say = System.out::println;
        int failed;
        try (var soak = new Soak(work, rows, say)) {
            failed = soak.backups(backups);
            if (pairs > 0) {
                double _ = soak.throughputKept(pairs, Duration.ofSeconds(seconds));
            }
        } finally {
            Workspace.deleteTree(work);
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        try {
            return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
        } catch (NumberFormatException e) {
            System.err.println("soak: " + arguments[index]
                    + " is not a number: write tools/soak [BACKUPS [ROWS [PAIRS [SECONDS]]]]");
            System.exit(2);
            return otherwise;
        }
    }
}
