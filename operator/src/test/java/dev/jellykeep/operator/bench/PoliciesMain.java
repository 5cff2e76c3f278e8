package dev.jellykeep.operator.bench;

import dev.jellykeep.sandbox.process.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// `bench/policies [--policies 1000] [--minutes 10] [--archives 10]`: many policies on one operator, beside the bars of
/// DESIGN §7. Exit code 1 if one is missed, 2 on a bad command line.
final class PoliciesMain {
    private PoliciesMain() {}

    public static void main(String[] arguments) throws IOException {
        PoliciesBench bench;
        try {
            Flags flags = Flags.parse(List.of(arguments), Set.of("--policies", "--minutes", "--archives"));
            bench = new PoliciesBench(
                    (int) flags.number("--policies", 1000, 1),
                    Duration.ofMinutes(flags.number("--minutes", 10, 3)),
                    (int) flags.number("--archives", 10, 0));
        } catch (Flags.BadFlag e) {
            System.err.println("bench/policies: " + e.getMessage());
            System.exit(2);
            return;
        }
        Path work = Files.createTempDirectory("jellykeep-policies-");
        boolean good = false;
        try {
            good = bench.run(work);
        } catch (IllegalStateException e) {
            System.err.println("bench/policies: " + e.getMessage());
        } finally {
            remove(work);
        }
        System.exit(good ? 0 : 1);
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
