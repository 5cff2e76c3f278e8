package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.desired.AgentRelease;
import dev.jellykeep.operator.desired.PolicyName;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.PolicyView;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// One call of one command: what was asked, and where answers go.
record Invocation(ParseResult line, Map<String, String> environment, Outside outside) {

    /// What is around the program.
    record Outside(InputStream in, PrintStream out, PrintStream err, InstantSource clock, Pause pause) {}

    /// Lets time pass.
    interface Pause {
        void pass(Duration time);
    }

    PrintStream out() {
        return outside.out();
    }

    PrintStream err() {
        return outside.err();
    }

    InstantSource clock() {
        return outside.clock();
    }

    boolean flag(String option) {
        return line.matchedOptionValue(option, Boolean.FALSE);
    }

    @Nullable
    String text(String option) {
        return line.matchedOptionValue(option, null);
    }

    /// @throws CommandException USAGE for a shape that the command hasn't
    String output() {
        var option = line.commandSpec().findOption(Options.OUTPUT);
        String chosen = option.getValue();
        for (String each : option.completionCandidates()) {
            if (each.equals(chosen)) {
                return chosen;
            }
        }
        throw new CommandException(
                ExitCode.USAGE, Options.OUTPUT + " " + chosen + " is not known: use " + option.paramLabel());
    }

    /// @throws CommandException USAGE if it can't be read
    String read(String file) {
        try {
            return file.equals("-")
                    ? new String(outside.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new CommandException(
                    ExitCode.USAGE,
                    file + " can't be read (" + e.getClass().getSimpleName() + "): give a file of UTF-8 text");
        }
    }

    /// @throws CommandException USAGE with all that is wrong with the file
    PolicyFile.Good policy() {
        String file = String.valueOf(text(Options.FILE));
        return switch (PolicyFile.read(read(file))) {
            case PolicyFile.Good good -> good;
            case PolicyFile.Bad(List<String> sentences) ->
                throw new CommandException(ExitCode.USAGE, file + ": " + String.join("; ", sentences));
        };
    }

    /// As a cluster would hand it out. Nothing of it is older or newer than anything else.
    static PolicyView view(PolicyFile.Good policy) {
        PolicyName name = policy.name();
        return new PolicyView(name, name.toString(), 1, Instant.EPOCH, policy.annotations(), policy.spec(), null);
    }

    /// @throws CommandException USAGE if nobody names an image
    AgentRelease release(PolicyFile.Good policy) {
        String flag = text(Options.AGENT_IMAGE);
        String image = flag != null
                ? flag
                : environment.getOrDefault(OperatorOptions.AGENT_IMAGE, "").strip();
        if (image.isEmpty() && policy.spec().agent().image() == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "no image of the agent is named: give " + Options.AGENT_IMAGE + " REGISTRY/REPOSITORY:TAG, set "
                            + OperatorOptions.AGENT_IMAGE + ", or write spec.agent.image");
        }
        return new AgentRelease(image, dev.jellykeep.contract.settings.Settings.CONTRACT_VERSION, Map.of());
    }
}
