package dev.jellykeep.agent.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs several commands in one process, so that the build can train the AOT cache on all of them: what one run has
/// loaded is what the cache holds. Arguments are command lines with `--then` between them.
public final class TrainingRun {
    private static final String BETWEEN = "--then";

    private TrainingRun() {}

    public static void main(String[] arguments) {
        List<String> left = new ArrayList<>(Arrays.asList(arguments));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        while (!left.isEmpty()) {
            int end = left.contains(BETWEEN) ? left.indexOf(BETWEEN) : left.size();
            List<String> command = List.copyOf(left.subList(0, end));
            left.subList(0, Math.min(left.size(), end + 1)).clear();
            ExitCode code = Main.run(nowhere, System.err, false, command.toArray(String[]::new));
            if (code != ExitCode.OK) {
                System.err.println("training failed at " + command + " with exit code " + code.number());
                System.exit(code.number());
            }
        }
    }
}
