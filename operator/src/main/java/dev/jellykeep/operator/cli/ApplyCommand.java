package dev.jellykeep.operator.cli;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.settings.DurationText;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.Policies;
import dev.jellykeep.operator.reconcile.PolicyDesk;
import dev.jellykeep.operator.reconcile.PolicyView;
import dev.jellykeep.operator.scope.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `apply`: the operator's reconciles, one after the other, until the app is as planned or somebody has to do
/// something.
final class ApplyCommand implements Command {
    private static final String TIMEOUT = "--timeout";
    private static final String DRY_RUN = "--dry-run";
    private static final String USUAL = "15m";
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MOST_PAUSE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "apply";
    }

    @Override
    public String summary() {
        return "Makes the app as the policy says, and waits until it is. Sends nothing that an operator in a cluster"
                + " wouldn't send.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.policy(spec);
        spec.addOption(Options.text(TIMEOUT, "DURATION", "How long to wait; default " + USUAL + "."));
        spec.addOption(Options.flag(DRY_RUN, "The same as plan."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        if (invocation.flag(DRY_RUN)) {
            return PlanCommand.show(invocation, false, false);
        }
        Duration timeout = timeout(invocation);
        PolicyFile.Good policy = invocation.policy();
        try (Connection azure = Connection.open(invocation, policy);
                Policies policies = new Policies(azure.surroundings())) {
            return until(invocation, Invocation.view(policy), new PolicyDesk(policies, invocation.clock()), timeout);
        }
    }

    private static Duration timeout(Invocation invocation) {
        String text = invocation.text(TIMEOUT);
        return switch (DurationText.parse(text == null ? USUAL : text)) {
            case ParsedText.Ok<Duration>(Duration time) -> time;
            case ParsedText.Bad<Duration>(String why) ->
                throw new CommandException(ExitCode.USAGE, TIMEOUT + " " + text + ": " + why);
        };
    }

    private static ExitCode until(Invocation invocation, PolicyView policy, PolicyDesk desk, Duration timeout) {
        Instant end = invocation.clock().instant().plus(timeout);
        PolicyView now = policy;
        String said = "";
        while (true) {
            PolicyDesk.Answer answer = desk.reconcile(now, List.of(now), List.of(Scope.callersOwn()));
            answer.notes().stream()
                    .filter(note -> note.warning())
                    .forEach(note -> invocation.err().println("warning " + note.reason() + ": " + note.message()));
            Progress progress = progress(answer.status());
            String line = progress.reason() + ": " + progress.message();
            if (!line.equals(said)) {
                invocation.out().println(line);
                said = line;
            }
            Instant at = invocation.clock().instant();
            if (progress.state() != Progress.State.RECONCILING || !at.isBefore(end)) {
                return code(invocation, progress, timeout);
            }
            invocation.outside().pause().pass(pause(answer.again(), Duration.between(at, end)));
            now = with(policy, answer.status());
        }
    }

    private static Duration pause(Duration asked, Duration left) {
        Duration most = left.compareTo(MOST_PAUSE) < 0 ? left : MOST_PAUSE;
        Duration least = asked.compareTo(LEAST_PAUSE) < 0 ? LEAST_PAUSE : asked;
        return least.compareTo(most) < 0 ? least : most;
    }

    private static ExitCode code(Invocation invocation, Progress progress, Duration timeout) {
        if (progress.state() == Progress.State.READY) {
            return switch (progress.reason()) {
                case "Planned", "DriftReported" -> ExitCode.CHANGES;
                default -> ExitCode.OK;
            };
        }
        if (progress.state() == Progress.State.RECONCILING) {
            invocation
                    .err()
                    .println("jellykeep-operator apply: not as planned within " + DurationText.format(timeout)
                            + ": run it again, or give a longer " + TIMEOUT);
        }
        return ExitCode.of(progress);
    }

    private static Progress progress(PolicyStatus status) {
        PolicyCondition ready = status.conditions().stream()
                .filter(each -> each.type().equals("Ready"))
                .findFirst()
                .orElseThrow();
        boolean stalled =
                status.conditions().stream().anyMatch(each -> each.type().equals("Stalled"));
        Progress.State state = ready.status().equals("True")
                ? Progress.State.READY
                : stalled ? Progress.State.STALLED : Progress.State.RECONCILING;
        return new Progress(state, ready.reason(), ready.message());
    }

    private static PolicyView with(PolicyView policy, PolicyStatus status) {
        return new PolicyView(
                policy.name(),
                policy.uid(),
                policy.generation(),
                policy.created(),
                policy.annotations(),
                policy.spec(),
                status);
    }
}
