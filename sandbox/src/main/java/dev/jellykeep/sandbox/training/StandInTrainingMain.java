package dev.jellykeep.sandbox.training;

import dev.jellykeep.sandbox.demo.Trees;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.standin.StandInClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Makes the stand-in's AOT cache by a life of its own: towns start it again and again. Arguments: the sandbox's jar,
/// the cache to write. The cache counts only for a class path of the same files.
public final class StandInTrainingMain {
    private static final Duration BOUND = Duration.ofMinutes(3);
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)$");
    private static final Pattern READY = Pattern.compile("^stand-in ready");

    private StandInTrainingMain() {}

    public static void main(String[] arguments) throws IOException {
        var jar = Path.of(arguments[0]).toAbsolutePath();
        var cache = Path.of(arguments[1]).toAbsolutePath();
        Files.deleteIfExists(cache);
        var work = Files.createTempDirectory("jellykeep-training-");
        try {
            train(jar, cache, work);
        } finally {
            ChildProcess.closeAll();
            Trees.delete(work);
        }
        System.out.printf("AOT cache trained: %s, %d MB%n", cache.getFileName(), Files.size(cache) >> 20);
    }

    private static void train(Path jar, Path cache, Path work) {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:AOTCacheOutput=" + cache,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                jar + ":" + JavaProcess.locationOf(org.sqlite.JDBC.class),
                "dev.jellykeep.sandbox.standin.StandInMain",
                "--root",
                work.resolve("config").toString(),
                "--writes-per-second",
                "0",
                "--port",
                "0");
        var standIn = ChildProcess.start(work.resolve("logs"), "stand-in", command, Map.of("LC_ALL", "C.UTF-8"));
        var at = URI.create(standIn.awaitLine(LISTENING, BOUND).group(1));
        var _ = standIn.awaitLine(READY, BOUND);
        var server = new StandInClient(at, BOUND);
        server.completeWizard("admin");
        server.createUser("user-2");
        server.growLibrary(1);
        server.writesPerSecond(10);
        var _ = server.facts();
        int code = standIn.stop(BOUND);
        if (!Files.exists(cache)) {
            throw new IllegalStateException("training ended with exit code " + code + ":\n" + standIn.tail(30));
        }
    }
}
