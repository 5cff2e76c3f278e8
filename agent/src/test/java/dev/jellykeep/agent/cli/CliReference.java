package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.settings.Concern;
import dev.jellykeep.contract.settings.EcosystemVariable;
import dev.jellykeep.contract.settings.Setting;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Prints the reference of the command line from the program's own model.
final class CliReference {
    private static final Set<String> STANDARD = Set.of("--help", "--version");

    private final StringBuilder text = new StringBuilder();

    private CliReference() {}

    static String print() {
        CliReference reference = new CliReference();
        reference.commands();
        reference.settings();
        reference.codes();
        return reference.text.toString();
    }

    private void commands() {
        line("# Command line");
        line("");
        line("This page is made from the program by `tools/update-docs`; a test compares the two.");
        line("");
        line("`jellykeep COMMAND [flags]`. Answers go to standard output, everything else to standard error. A failure"
                + " prints one line that says what failed, on what, and what to do. Every setting below is a flag of"
                + " every command, and an environment variable; a flag wins.");
        line("");
        line("## Commands");
        Program program = new Program(
                Map.of(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                InstantSource.system(),
                false);
        program.commandLine().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .forEach(this::command);
    }

    private void command(CommandSpec spec) {
        line("");
        String parameters = spec.positionalParameters().stream()
                .map(each -> each.arity().min() == 0 ? " [" + each.paramLabel() + "]" : " " + each.paramLabel())
                .collect(Collectors.joining());
        line("### `jellykeep " + spec.name() + parameters + "`");
        line("");
        line(String.join(" ", spec.usageMessage().description()));
        List<OptionSpec> own = spec.options().stream()
                .filter(option -> !STANDARD.contains(option.longestName()))
                .filter(option -> Arrays.stream(Setting.values())
                        .noneMatch(setting -> setting.flag().equals(option.longestName())))
                .toList();
        if (own.isEmpty() && spec.positionalParameters().isEmpty()) {
            return;
        }
        line("");
        line("| | |");
        line("|---|---|");
        spec.positionalParameters()
                .forEach(each -> row("`" + each.paramLabel() + "`", String.join(" ", each.description())));
        own.forEach(each -> row(
                "`" + String.join("`, `", each.names()) + (each.arity().max() == 0 ? "" : " " + each.paramLabel())
                        + "`",
                String.join(" ", each.description())));
    }

    private void settings() {
        line("");
        line("## Settings");
        for (Concern concern : Concern.values()) {
            line("");
            line("### " + concern.name().charAt(0) + concern.name().substring(1).toLowerCase(Locale.ROOT));
            line("");
            line("| Flag | Variable | Default | |");
            line("|---|---|---|---|");
            Arrays.stream(Setting.values())
                    .filter(setting -> setting.concern() == concern)
                    .forEach(setting -> row(
                            "`" + setting.flag() + "`",
                            "`" + setting.env() + "`",
                            setting.defaultText()
                                    .map(value -> "`" + value + "`")
                                    .orElse("–"),
                            setting.description()));
        }
        line("");
        line("### Credentials");
        line("");
        line("Credentials have no flag and are never shown. They come from these variables, the managed identity, or at"
                + " a prompt from `az login`.");
        line("");
        line("| Variable | Secret |");
        line("|---|---|");
        Arrays.stream(EcosystemVariable.values())
                .forEach(each -> row("`" + each.name() + "`", each.secret() ? "yes" : "no"));
        line("");
        line(
                "`https_proxy`, `http_proxy` and `no_proxy`, also in capitals, name a proxy on the way to the storage account,"
                        + " as they do for `curl` and `az`.");
    }

    private void codes() {
        line("");
        line("## Exit codes");
        line("");
        line("| Code | Name | Means |");
        line("|---|---|---|");
        Arrays.stream(ExitCode.values())
                .forEach(code -> row(Integer.toString(code.number()), "`" + code.name() + "`", code.meaning()));
        line("");
        line("## Reasons");
        line("");
        line("A refusal has a name that is stable. Those that are judgements can be overruled once, with `--accept`.");
        line("");
        line("| Reason | Means | Exit code | `--accept` |");
        line("|---|---|---|---|");
        Arrays.stream(Reason.values())
                .forEach(reason -> row(
                        "`" + reason.name() + "`",
                        reason.sentence(),
                        Integer.toString(ExitCode.of(reason).number()),
                        reason.acceptable() ? "yes" : "–"));
    }

    private void row(String... cells) {
        line("| "
                + Arrays.stream(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | "))
                + " |");
    }

    private void line(String words) {
        text.append(words).append('\n');
    }
}
