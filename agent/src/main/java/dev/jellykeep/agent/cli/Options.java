package dev.jellykeep.agent.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Options that several commands share.
final class Options {
    private Options() {}

    static OptionSpec accept() {
        return OptionSpec.builder("--accept")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .splitRegex(",")
                .paramLabel("REASON")
                .description("Overrule a refusal by its name, once: INTEGRITY, WIZARD, LINEAGE, APP_OLDER,"
                        + " UNKNOWN_DATA, NO_GOOD_ARCHIVE for a restore; SHRINK, MIN_SIZE for a backup.")
                .build();
    }

    static OptionSpec output() {
        return OptionSpec.builder("--output", "-o")
                .type(String.class)
                .arity("1")
                .completionCandidates(List.of("table", "json"))
                .paramLabel("table|json")
                .description("How the answer looks; default table.")
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

    /// @param arity `0..1` for one that may be left out, else `1`
    static PositionalParamSpec name(int index, String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }
}
