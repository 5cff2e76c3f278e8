package dev.jellykeep.agent.cli;

import picocli.CommandLine.Model.CommandSpec;

/// One command of the program.
interface Command {
    String name();

    /// One line for the list of commands.
    String summary();

    /// Declares options and parameters beyond the settings.
    default void declare(CommandSpec spec) {}

    /// Whether {@link Preparation} is worth its while.
    default boolean needsAll() {
        return false;
    }

    ExitCode run(Invocation invocation) throws Exception;
}
