package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.agent.report.StreamJournal;
import dev.jellykeep.contract.settings.LogFormat;
import dev.jellykeep.contract.settings.Parsed;
import dev.jellykeep.contract.settings.Setting;
import dev.jellykeep.contract.settings.SettingKind;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.store.StoreException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line: commands, and a flag for every setting of the catalogue.
public final class Program {
    private static final List<Command> COMMANDS = List.of(
            new RestoreCommand(),
            new RunCommand(),
            new InitCommand(),
            new BackupCommand(),
            new StatusCommand(),
            new ListCommand(),
            new ShowCommand(),
            new VerifyCommand(),
            new PruneCommand(),
            new ExtractCommand(),
            new ForksCommand(),
            new PromoteCommand(),
            new PinCommand(),
            new YieldCommand());

    /// picocli's own looks for Groovy, which opens the jar and reads its whole directory. The only interface that
    /// options have is List.
    private static final CommandLine.IFactory FACTORY = new CommandLine.IFactory() {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.isInterface()
                    ? type.cast(new ArrayList<>())
                    : type.getDeclaredConstructor().newInstance();
        }
    };

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final InstantSource clock;
    private final boolean terminal;
    private final Outside outside;

    /// @param terminal a person watches `err`
    public Program(
            Map<String, String> environment, PrintStream out, PrintStream err, InstantSource clock, boolean terminal) {
        this(environment, out, err, clock, terminal, Outside.real());
    }

    /// @param terminal a person watches `err`
    public Program(
            Map<String, String> environment,
            PrintStream out,
            PrintStream err,
            InstantSource clock,
            boolean terminal,
            Outside outside) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.terminal = terminal;
        this.outside = outside;
    }

    /// Version of this build.
    static String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return "jellykeep " + (version == null ? "(from classes)" : version);
    }

    /// Runs one command.
    public ExitCode run(String... arguments) {
        Optional<Command> asked = asked(arguments);
        asked.filter(Command::needsAll).ifPresent(_ -> Preparation.begin());
        CommandLine commandLine = commandLine(asked);
        ParseResult result;
        try {
            result = commandLine.parseArgs(arguments);
        } catch (ParameterException e) {
            err.println("jellykeep: " + e.getMessage() + suggestion(e) + " (see jellykeep --help)");
            return ExitCode.USAGE;
        }
        ParseResult command = result.subcommand();
        if (CommandLine.printHelpIfRequested(result)) {
            return ExitCode.OK;
        }
        if (command == null) {
            commandLine.usage(err);
            return ExitCode.USAGE;
        }
        return run(command);
    }

    private static String suggestion(ParameterException refused) {
        List<String> near =
                refused instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return near.isEmpty() ? "" : ": did you mean " + near.getFirst() + "?";
    }

    /// The command that the first argument names; empty: none.
    private static Optional<Command> asked(String... arguments) {
        return COMMANDS.stream()
                .filter(each -> arguments.length > 0 && each.name().equals(arguments[0]))
                .findFirst();
    }

    CommandLine commandLine() {
        return commandLine(Optional.empty());
    }

    /// @param only the one command that is declared, since all together are most of a start's time; empty: all
    private CommandLine commandLine(Optional<Command> only) {
        CommandSpec root = CommandSpec.wrapWithoutInspection(null, FACTORY)
                .name("jellykeep")
                .version(version());
        addHelp(root);
        root.usageMessage()
                .description("Keeps a Jellyfin server's data safe in Azure Blob Storage.")
                .footer("", "Every flag can be given as an environment variable too: see `jellykeep COMMAND --help`.");
        for (Command command : only.map(List::of).orElse(COMMANDS)) {
            root.addSubcommand(command.name(), new CommandLine(spec(command), FACTORY));
        }
        return new CommandLine(root, FACTORY)
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    }

    /// What picocli's own mixin adds, which it finds by reflection: a tenth of a small restore.
    private static void addHelp(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
    }

    private static CommandSpec spec(Command command) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(null, FACTORY)
                .name(command.name())
                .version(version());
        spec.usageMessage().description(command.summary()).sortOptions(false).abbreviateSynopsis(true);
        addHelp(spec);
        command.declare(spec);
        for (Setting setting : Setting.values()) {
            spec.addOption(option(setting));
        }
        return spec;
    }

    private static OptionSpec option(Setting setting) {
        String more = setting.defaultText().map(text -> ", default " + text).orElse("");
        OptionSpec.Builder option = OptionSpec.builder(setting.flag())
                .description(setting.description() + " (" + setting.env() + more + ").");
        return switch (setting.kind()) {
            case FLAG -> option.arity("0").type(boolean.class).build();
            case GLOBS ->
                option.arity("1")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("GLOB")
                        .build();
            case TEXT, DURATION, SIZE, WHOLE_NUMBER, UUID, URL, PATH, CHOICE ->
                option.arity("1")
                        .type(String.class)
                        .paramLabel(label(setting.kind()))
                        .build();
        };
    }

    private static String label(SettingKind kind) {
        return kind.name().replace("WHOLE_", "");
    }

    private ExitCode run(ParseResult command) {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        texts.putAll(Settings.texts(environment));
        for (Setting setting : Setting.values()) {
            if (command.hasMatchedOption(setting.flag())) {
                Object value = command.matchedOptionValue(setting.flag(), null);
                texts.put(
                        setting,
                        value instanceof List<?> many
                                ? String.join(
                                        "\n", many.stream().map(String::valueOf).toList())
                                : String.valueOf(value));
            }
        }
        Parsed values = Settings.parse(texts);
        Parsed parsed = new Parsed(values.settings(), values.problems(), Settings.unknown(environment));
        Journal journal = journal(values.settings().run().logFormat());
        Invocation invocation =
                new Invocation(command, parsed, environment, out, err, journal, clock, terminal, version(), outside);
        Command chosen = COMMANDS.stream()
                .filter(each -> each.name().equals(command.commandSpec().name()))
                .findFirst()
                .orElseThrow();
        return run(chosen, invocation);
    }

    private Journal journal(LogFormat format) {
        StreamJournal.Format shape = format == LogFormat.JSON ? StreamJournal.Format.JSON : StreamJournal.Format.HUMAN;
        return new StreamJournal(err, shape, Journal.Level.INFO, clock);
    }

    private ExitCode run(Command command, Invocation invocation) {
        try {
            invocation.requireKnownOutput();
            return command.run(invocation);
        } catch (AgentException e) {
            err.println("jellykeep " + command.name() + ": " + e.reason() + ": " + e.getMessage());
            return ExitCode.of(e.reason());
        } catch (StoreException e) {
            err.println("jellykeep " + command.name() + ": " + e.kind() + ": " + e.getMessage());
            return ExitCode.of(e.kind());
        } catch (Exception e) {
            err.println("jellykeep " + command.name() + ": unexpected " + e + ": please report this");
            List<StackTraceElement> frames = new ArrayList<>(List.of(e.getStackTrace()));
            frames.stream().limit(8).forEach(frame -> err.println("    at " + frame));
            return ExitCode.UNEXPECTED;
        }
    }
}
