package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.Preview;
import picocli.CommandLine.Model.CommandSpec;

/// `plan`: what `apply` would do now.
final class PlanCommand implements Command {
    private static final String SHOW_VALUES = "--show-values";

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "Shows what apply would send to the app, and whether it would be sent now. Writes nothing. Exit code 0:"
                + " nothing to do; 3: changes; 4: refused.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.policy(spec);
        spec.addOption(Options.output("text", "json"));
        spec.addOption(Options.flag(
                SHOW_VALUES,
                "With --output json: the patch with everybody's values, as it would be sent. Other containers' passwords"
                        + " may be among them."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        boolean json = invocation.output().equals("json");
        if (invocation.flag(SHOW_VALUES) && !json) {
            throw new CommandException(ExitCode.USAGE, SHOW_VALUES + " goes with --output json: add it");
        }
        return show(invocation, json, invocation.flag(SHOW_VALUES));
    }

    static ExitCode show(Invocation invocation, boolean json, boolean values) {
        PolicyFile.Good policy = invocation.policy();
        return switch (Connection.preview(invocation, policy)) {
            case Preview.Unseen(var outcome) ->
                throw new CommandException(
                        ExitCode.of(outcome.progress()), outcome.progress().message());
            case Preview.Known known -> {
                if (json) {
                    invocation
                            .out()
                            .println(PlanText.json(policy.name().toString(), known, values)
                                    .toPrettyString());
                } else {
                    PlanText.lines(known).forEach(invocation.out()::println);
                }
                yield Outlook.of(known).verdict().code();
            }
        };
    }
}
