package dev.jellykeep.operator.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.api.BackupsStatus;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.Preview;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.operator.status.StatusText;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintStream;
import picocli.CommandLine.Model.CommandSpec;

/// `status`: the conditions that a cluster would show, from ARM and Blob alone.
final class StatusCommand implements Command {
    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .build();

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "Says from Azure alone whether the data are protected, and why not. Writes nothing. Exit code 0:"
                + " protected; 1: not.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.policy(spec);
        spec.addOption(Options.output("text", "json", "yaml"));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        String output = invocation.output();
        PolicyFile.Good policy = invocation.policy();
        Preview.Seen seen = Connection.preview(invocation, policy);
        PolicyStatus status =
                StatusText.of(null, outcome(seen), 1, invocation.clock().instant());
        if (output.equals("text")) {
            print(invocation.out(), policy, status);
        } else {
            ObjectNode document = policy.document().deepCopy();
            document.set("status", JSON.valueToTree(status));
            invocation
                    .out()
                    .println(output.equals("json") ? document.toPrettyString() : Serialization.asYaml(document));
        }
        if (seen instanceof Preview.Unseen(Outcome unseen)) {
            return ExitCode.of(unseen.progress());
        }
        return status.conditions().stream()
                        .anyMatch(each ->
                                each.type().equals("Protected") && each.status().equals("True"))
                ? ExitCode.OK
                : ExitCode.NOT_PROTECTED;
    }

    /// Nobody is at work between two runs: what isn't sent waits for `apply`.
    private static Outcome outcome(Preview.Seen seen) {
        Outcome found = seen.outcome();
        if (!(seen instanceof Preview.Known known)) {
            return found;
        }
        Outlook outlook = Outlook.of(known);
        Progress next = known.next().progress();
        Progress progress = switch (outlook.verdict()) {
            case UP_TO_DATE, REFUSED -> next;
            case SENDS, WAITS ->
                next.state() == Progress.State.READY
                        ? next
                        : Progress.reconciling(
                                "ChangesToSend", "run `jellykeep-operator apply`: " + outlook.sentence());
        };
        return new Outcome(
                progress,
                found.target(),
                known.situation(),
                found.archives(),
                found.memory(),
                found.requests(),
                found.restore());
    }

    private static void print(PrintStream out, PolicyFile.Good policy, PolicyStatus status) {
        out.println(policy.name() + ": " + policy.spec().containerApp().resourceId());
        for (PolicyCondition each : status.conditions()) {
            out.printf("%-18s %-8s %s: %s%n", each.type(), each.status(), each.reason(), each.message());
        }
        BackupsStatus backups = status.backups();
        BackupsStatus.Archive last = backups == null ? null : backups.last();
        if (backups != null && last != null) {
            out.println("last backup        " + last.name() + " of " + last.time() + ", " + last.bytes() + " bytes; "
                    + backups.count() + " archives, " + backups.bytes() + " bytes, back to "
                    + backups.recoverableFrom());
        }
    }
}
