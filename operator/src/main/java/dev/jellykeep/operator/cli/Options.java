package dev.jellykeep.operator.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Options that several commands share.
final class Options {
    static final String FILE = "--file";
    static final String OUTPUT = "--output";
    static final String AGENT_IMAGE = "--agent-image";

    private Options() {}

    /// What every command about a policy takes.
    static void policy(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("-f", FILE)
                .type(String.class)
                .arity("1")
                .required(true)
                .paramLabel("POLICY")
                .description("The policy, YAML or JSON; - for standard input.")
                .build());
        spec.addOption(text(
                AGENT_IMAGE,
                "IMAGE",
                "Image of the agent where the policy names none (" + OperatorOptions.AGENT_IMAGE + ")."));
    }

    /// @param shapes the usual one first
    static OptionSpec output(String... shapes) {
        String all = String.join("|", shapes);
        return OptionSpec.builder(OUTPUT, "-o")
                .type(String.class)
                .arity("1")
                .completionCandidates(List.of(shapes))
                .defaultValue(shapes[0])
                .paramLabel(all)
                .description("How the answer looks; default " + shapes[0] + ".")
                .build();
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }
}
