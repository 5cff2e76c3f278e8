package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.run.Requests;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `yield`: has a replica leave the lineage to another one that runs too; protocol §6.
final class YieldCommand implements Command {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "yield";
    }

    @Override
    public String summary() {
        return "Where two replicas run: has one leave the line to the other; its archives are forks from then on.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.name(
                0, "REPLICA", "0..1", "The one to leave, as `status` names it; without it, the one that holds."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try (Session session = Session.open(invocation)) {
            List<Protection.Replica> alive = Heartbeats.alive(
                    session.store(), invocation.settings().run().staleAfter());
            String replica = leaving(session, invocation.parameter(0), alive);
            if (alive.stream().allMatch(each -> each.report().replica().equals(replica))) {
                throw new AgentException(
                        Reason.IN_USE,
                        "no other replica than " + replica + " runs in "
                                + session.store().describe() + ": if it yielded, its data would go into forks only");
            }
            return ask(invocation, session, replica);
        }
    }

    private static String leaving(Session session, @Nullable String named, List<Protection.Replica> alive) {
        String replica = named == null ? holder(session) : named;
        if (alive.stream().noneMatch(each -> each.report().replica().equals(replica))) {
            throw new AgentException(
                    Reason.USAGE,
                    "no replica " + replica + " runs in " + session.store().describe() + "; these do: "
                            + (alive.isEmpty()
                                    ? "none"
                                    : alive.stream()
                                            .map(each -> each.report().replica())
                                            .collect(Collectors.joining(", "))));
        }
        return replica;
    }

    private static String holder(Session session) {
        Reading.Present at = session.present();
        LineageDocument document = at.document();
        String holder = document.holder();
        if (holder == null || document.sealed() || session.lineage().holderIsStale(at)) {
            throw new AgentException(
                    Reason.USAGE,
                    "nobody who is alive holds the lineage in "
                            + session.store().describe() + ": there is nothing to yield");
        }
        return holder;
    }

    private static ExitCode ask(Invocation invocation, Session session, String replica) {
        Requests requests = new Requests(session.store());
        String request = requests.askYield(replica);
        invocation.journal().info("asked the replica to yield", "replica", replica);
        ReplicaReport.Answer answer = Answers.await(requests, replica, request, WITHIN, "jellykeep status");
        invocation
                .out()
                .println(replica + " has yielded; its last backup: " + answer.result()
                        + (answer.archive() == null ? "" : ", " + answer.archive())
                        + "; what it still writes goes into forks: see `jellykeep forks`");
        return ExitCode.OK;
    }
}
