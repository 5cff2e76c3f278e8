package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `forks`: what left the line, and refused snapshots; and what a person may do with one.
final class ForksCommand implements Command {
    @Override
    public String name() {
        return "forks";
    }

    @Override
    public String summary() {
        return "Lists forks and suspects, with what they hold; show, promote or drop one.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.output());
        spec.addPositional(Options.name(
                0,
                "ACTION",
                "0..1",
                "show: compare it with the head, row by row; promote: make it the head; drop: delete it for good;"
                        + " without one, list all."));
        spec.addPositional(
                Options.name(1, "NAME", "0..1", "The fork's last archive, or the suspect, as the list names it."));
    }

    @Override
    public ExitCode run(Invocation invocation) throws IOException {
        String action = invocation.parameter(0);
        String name = invocation.parameter(1);
        try (Session session = Session.open(invocation)) {
            return switch (action) {
                case null -> ForkList.print(invocation, session);
                case "show" -> ForkShown.print(invocation, session, required(action, name));
                case "promote" -> PromoteCommand.promote(invocation, session, required(action, name));
                case "drop" -> ForkDrop.drop(invocation, session, required(action, name));
                default ->
                    throw new AgentException(
                            Reason.USAGE, "forks " + action + " is not known: use show, promote or drop");
            };
        }
    }

    private static String required(String action, @Nullable String name) {
        if (name == null) {
            throw new AgentException(
                    Reason.USAGE, "forks " + action + " needs the NAME of a fork or suspect: see `jellykeep forks`");
        }
        return name;
    }
}
