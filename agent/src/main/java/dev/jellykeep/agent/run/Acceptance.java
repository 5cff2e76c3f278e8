package dev.jellykeep.agent.run;

import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.archives.Catalogue;
import java.util.Optional;

/// A person says that a snapshot which a guard had refused is right: the replica that made it makes it the head.
final class Acceptance {
    static final String PROMOTED = "promoted";

    private Acceptance() {}

    static ReplicaReport.Answer of(Accept wish, String me, Sidecar.Tools tools) {
        Optional<Archived> suspect = Catalogue.of(tools.store())
                .find(wish.name())
                .filter(item -> item.place() instanceof BlobName.SuspectArchive)
                .flatMap(Catalogue.Item::archived);
        String result = suspect.map(archived -> promote(archived, me, tools))
                .orElse("refused: there is no suspect " + wish.name() + ": see `jellykeep forks`");
        if (result.equals(PROMOTED)) {
            tools.journal().warn("a refused snapshot was accepted, and is the head", "archive", wish.name());
        } else {
            tools.journal().warn("a suspect was not accepted", "archive", wish.name(), "why", result);
        }
        return new ReplicaReport.Answer(
                wish.request(), result, wish.name(), tools.clock().instant());
    }

    private static String promote(Archived suspect, String me, Sidecar.Tools tools) {
        LineageStore.Outcome outcome = tools.lineage().apply(at -> Transitions.accept(at.document(), me, suspect));
        return outcome instanceof LineageStore.Outcome.Refused(String why, LineageDocument _)
                ? "refused: " + why + ": scale the app to zero, then `jellykeep promote " + suspect.name() + "`"
                : PROMOTED;
    }
}
