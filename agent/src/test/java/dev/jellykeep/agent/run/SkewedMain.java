package dev.jellykeep.agent.run;

import dev.jellykeep.agent.cli.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/// The program with a clock that is wrong by as many seconds as a file says, which may change at any time.
final class SkewedMain {
    private SkewedMain() {}

    public static void main(String[] arguments) {
        Path skew = Path.of(System.getProperty("skew"));
        InstantSource clock = () -> Instant.now().plusSeconds(seconds(skew));
        System.exit(new Program(System.getenv(), System.out, System.err, clock, false)
                .run(arguments)
                .number());
    }

    private static long seconds(Path file) {
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
