package dev.jellykeep.operator.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Where the program starts.
public final class OperatorMain {
    /// Read by logback.xml.
    private static final String LOG = "jellykeep.log";

    private OperatorMain() {}

    public static void main(String[] arguments) {
        // whoever types a command reads its answer, not the log
        if (System.getProperty(LOG) == null && !List.of(arguments).contains("run")) {
            System.setProperty(LOG, "OFF");
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Invocation.Outside outside =
                new Invocation.Outside(System.in, out, err, InstantSource.system(), OperatorMain::pass);
        System.exit(new Program(System.getenv(), outside).run(arguments).number());
    }

    private static void pass(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
