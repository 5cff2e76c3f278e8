package dev.jellykeep.operator.cli;

import picocli.CommandLine.Model.CommandSpec;

/// One command of the program.
interface Command {
    String name();

    /// One line for the list of commands.
    String summary();

    default void declare(CommandSpec spec) {}

    ExitCode run(Invocation invocation) throws Exception;
}
