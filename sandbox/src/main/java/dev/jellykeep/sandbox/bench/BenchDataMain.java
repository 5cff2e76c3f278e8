package dev.jellykeep.sandbox.bench;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.sandbox.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/// Makes a stand-in server's data folder, at rest, for a benchmark. Arguments: the folder, megabytes of library.
public final class BenchDataMain {
    private BenchDataMain() {}

    public static void main(String[] arguments) throws IOException {
        Path work = Files.createTempDirectory("jellykeep-bench-data-");
        try {
            RunningStandIn server = StandIn.in(JellyfinFolders.official(Path.of(arguments[0])))
                    .users(3)
                    .libraryMegabytes(Integer.parseInt(arguments[1]))
                    .start(work);
            long _ = server.stop(Duration.ofMinutes(2));
        } finally {
            ChildProcess.closeAll();
            try (var all = Files.walk(work)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
