package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.store.StoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The operator's command line: `run` in a cluster, everything else without one.
public final class Program {
    private static final String NAME = "jellykeep-operator";
    private static final int FRAMES = 8;
    private static final List<Command> COMMANDS = List.of(
            new RunCommand(),
            new PlanCommand(),
            new ApplyCommand(),
            new StatusCommand(),
            new RenderCommand(),
            new DoctorCommand());

    private final Map<String, String> environment;
    private final Invocation.Outside outside;

    Program(Map<String, String> environment, Invocation.Outside outside) {
        this.environment = Map.copyOf(environment);
        this.outside = outside;
    }

    /// Runs one command.
    ExitCode run(String... arguments) {
        ParseResult result;
        try {
            result = commandLine().parseArgs(arguments);
        } catch (ParameterException e) {
            outside.err().println(NAME + ": " + e.getMessage() + suggestion(e) + " (see " + NAME + " --help)");
            return ExitCode.USAGE;
        }
        if (CommandLine.printHelpIfRequested(result)) {
            return ExitCode.OK;
        }
        ParseResult command = result.subcommand();
        if (command == null) {
            result.commandSpec().commandLine().usage(outside.err());
            return ExitCode.USAGE;
        }
        return run(command);
    }

    private static String suggestion(ParameterException refused) {
        List<String> near =
                refused instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return near.isEmpty() ? "" : ": did you mean " + near.getFirst() + "?";
    }

    private static String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return NAME + " " + (version == null ? "(from classes)" : version);
    }

    private CommandLine commandLine() {
        CommandSpec root = described(CommandSpec.create().name(NAME));
        root.usageMessage()
                .description("Keeps Jellyfin's data on Azure Container Apps safe, in a cluster or without one.")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(codes());
        for (Command command : COMMANDS) {
            CommandSpec spec = described(CommandSpec.create().name(command.name()));
            spec.usageMessage().description(command.summary()).sortOptions(false);
            command.declare(spec);
            root.addSubcommand(command.name(), spec);
        }
        return new CommandLine(root)
                .setOut(new PrintWriter(outside.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(outside.err(), true, StandardCharsets.UTF_8));
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new java.util.LinkedHashMap<>();
        Arrays.stream(ExitCode.values()).forEach(each -> codes.put(Integer.toString(each.number()), each.meaning()));
        return codes;
    }

    private static CommandSpec described(CommandSpec spec) {
        return spec.version(version())
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }

    private ExitCode run(ParseResult line) {
        String name = line.commandSpec().name();
        Command command = COMMANDS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        try {
            return command.run(new Invocation(line, environment, outside));
        } catch (CommandException e) {
            return failed(name, e.getMessage(), e.code());
        } catch (ArmException e) {
            return failed(name, e.getMessage(), ExitCode.of(e.kind()));
        } catch (StoreException e) {
            return failed(name, e.getMessage(), ExitCode.of(e.kind()));
        } catch (Exception | Error e) {
            // the JVM's own exit code would be that of "not protected"
            failed(name, "unexpected " + e + ": please report this", ExitCode.UNEXPECTED);
            Arrays.stream(e.getStackTrace())
                    .limit(FRAMES)
                    .forEach(frame -> outside.err().println("    at " + frame));
            return ExitCode.UNEXPECTED;
        }
    }

    private ExitCode failed(String command, @org.jspecify.annotations.Nullable String sentence, ExitCode code) {
        outside.err().println(NAME + " " + command + ": " + sentence);
        return code;
    }
}
