package dev.jellykeep.agent.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;

/// Where the program starts.
public final class Main {
    /// Set by the launcher, which knows it for nothing; `System.console()` would load a line editor.
    private static final String TERMINAL = "jellykeep.terminal";

    private Main() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        ExitCode code = run(out, err, Boolean.getBoolean(TERMINAL), arguments);
        out.flush();
        err.flush();
        // There are no hooks to run; `exit` would look for a logger first.
        Runtime.getRuntime().halt(code.number());
    }

    static ExitCode run(PrintStream out, PrintStream err, boolean terminal, String... arguments) {
        return new Program(System.getenv(), out, err, InstantSource.system(), terminal).run(arguments);
    }
}
