package dev.jellykeep.operator.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.Preview;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `doctor`: every check before anything is changed.
final class DoctorCommand implements Command {
    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "Checks everything that apply and the agent need, one line each, with the command that mends what fails."
                + " Writes nothing. Exit code 0: nothing fails; 9: something does.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.policy(spec);
        spec.addOption(Options.output("text", "json"));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        boolean json = invocation.output().equals("json");
        PolicyFile.Good policy = invocation.policy();
        Preview.Seen seen = Connection.preview(invocation, policy);
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok("policy", policy.name() + " is as a cluster would take it"));
        checks.addAll(DoctorChecks.of(seen, policy.name().namespace()));
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            checks.forEach(each -> all.addObject()
                    .put("level", each.level().text())
                    .put("what", each.what())
                    .put("sentence", each.sentence()));
            invocation.out().println(all.toPrettyString());
        } else {
            checks.forEach(each -> invocation.out().println(each.line()));
        }
        return DoctorChecks.fails(checks) ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }
}
