package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.process.Flags.BadFlag;
import dev.jellykeep.sandbox.process.ParentWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a stand-in for Jellyfin until SIGTERM.
///
/// Exit codes: 0 after SIGTERM, 1 on a failure, 2 on a bad command line, 3 when it refuses to start on what it found.
public final class StandInMain {

    private StandInMain() {}

    public static void main(String[] arguments) {
        ParentWatch.start();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            StandInOptions options = StandInOptions.parse(List.of(arguments));
            out.println("This is a stand-in for Jellyfin " + options.era().version()
                    + ", made for tests and demos. It is not Jellyfin.");
            var running = new AtomicReference<@Nullable StandInServer>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(running.get()), "stop-stand-in"));
            StandInServer server = StandInServer.start(options, out);
            running.set(server);
            server.open();
        } catch (BadFlag e) {
            end(2, e.getMessage());
        } catch (StandInRefusal e) {
            end(3, e.getMessage());
        } catch (SQLException | IOException e) {
            end(1, "The stand-in failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // A shutdown hook. It halts, because the server ends with 0 where the Java machine would end with 143.
    private static void stop(@Nullable StandInServer server) {
        if (server == null) {
            return;
        }
        int code = 1;
        try {
            server.stop();
            code = 0;
        } catch (SQLException | IOException e) {
            System.err.println("The stand-in did not end cleanly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(code);
    }

    private static void end(int code, @Nullable String message) {
        System.err.println(message);
        System.exit(code);
    }
}
