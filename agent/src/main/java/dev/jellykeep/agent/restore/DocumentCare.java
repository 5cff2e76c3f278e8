package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.util.Set;

/// Makes sure that there is a lineage document to work on, under the same rules as a restore: rebuilt where
/// archives of ours are found, made anew only by hand.
public final class DocumentCare {
    private static final int TRIES = 5;
    private static final Set<Reason> ABOUT_THE_DOCUMENT =
            Set.of(Reason.LINEAGE_MISSING, Reason.LINEAGE_TOO_NEW, Reason.OTHER_APP);

    private DocumentCare() {}

    /// @throws AgentException if there is none and none may be made, or it is another's
    public static Reading.Present ensure(
            BlobStore store, LineageStore lineage, LocalData local, Expectation expected, Journal journal) {
        for (int i = 0; i < TRIES; i++) {
            Reading reading = lineage.read();
            RestorePlan plan = RestorePlan.decide(
                    local, reading, Catalogue.of(store), expected, Set.of(), false, store.describe());
            switch (plan) {
                case RestorePlan.CreateDocument(LineageDocument document, boolean rebuilt) -> {
                    journal.warn(
                            rebuilt
                                    ? "lineage document was missing or unreadable: rebuilt from the archives"
                                    : "lineage document created",
                            "lineage",
                            document.lineage());
                    lineage.create(document);
                }
                case RestorePlan.NameApp(String app) ->
                    lineage.apply(at -> at.document().app() == null
                            ? new Step.Write(at.document().withApp(app))
                            : new Step.Done());
                case RestorePlan.Refuse(Reason reason, String sentence)
                when ABOUT_THE_DOCUMENT.contains(reason) -> throw new AgentException(reason, sentence);
                default -> {
                    if (reading instanceof Reading.Present present) {
                        return present;
                    }
                }
            }
        }
        return lineage.require();
    }
}
