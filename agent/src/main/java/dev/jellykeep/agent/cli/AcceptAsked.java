package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.run.Requests;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.archives.Catalogue;
import java.time.Duration;
import java.util.Objects;

/// `promote` while a replica holds the lineage: its own refused snapshot becomes the head by its own hand; all else has
/// to wait, since the data that it goes on writing are others.
final class AcceptAsked {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private AcceptAsked() {}

    static ExitCode ask(Invocation invocation, Session session, LineageDocument document, Catalogue.Item item) {
        String name = item.blob().name();
        String holder = Objects.requireNonNull(document.holder());
        ArchiveFacts facts = item.facts();
        if (!(item.place() instanceof BlobName.SuspectArchive)) {
            throw new AgentException(
                    Reason.IN_USE,
                    "replica " + holder + " holds the lineage in "
                            + session.store().describe()
                            + " and is alive: have the next cold start restore this one with `jellykeep pin " + name
                            + "`, or let its app scale to zero first");
        }
        if (facts == null || !facts.owner().equals(holder)) {
            throw new AgentException(
                    Reason.IN_USE,
                    "replica " + holder + " holds the lineage in "
                            + session.store().describe() + " and is alive, and did not make " + name
                            + ": let its app scale to zero first");
        }
        Requests requests = new Requests(session.store());
        Accept wish = new Accept(name);
        requests.askAccept(wish);
        invocation.journal().info("asked the running agent to accept its snapshot", "archive", name);
        ReplicaReport.Answer answer = Answers.await(requests, holder, wish.request(), WITHIN, "jellykeep forks");
        invocation.out().println("the running agent answers: " + answer.result() + ", " + name);
        return answer.result().equals("promoted") ? ExitCode.OK : ExitCode.REFUSED;
    }
}
