package dev.jellykeep.agent.run;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.agent.restore.Drill;
import dev.jellykeep.agent.restore.Proofs;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// Tries the head in the sidecar, where somebody has asked for it.
public final class DrillTool {
    private static final String FOLDER = "drill";

    private final BlobStore store;
    private final Workspace workspace;
    private final Drill drill;
    private final Journal journal;

    public DrillTool(BlobStore store, Workspace workspace, Drill drill, Journal journal) {
        this.store = store;
        this.workspace = workspace;
        this.drill = drill;
        this.journal = journal;
    }

    /// The end is near, and has nothing to do with whether the archive is good.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// @param stopped asked all the while; true: give up at once
    /// @return the answer
    @SuppressWarnings("ThreadPriorityCheck") // only who gets the processor first hangs on it
    ReplicaReport.Answer run(
            String request, LineageDocument document, BooleanSupplier stopped, Instant now, ReportBoard board) {
        String head = document.head().map(Listed::name).orElse(null);
        if (head == null) {
            return new ReplicaReport.Answer(request, "refused: there is no backup yet", null, now);
        }
        Path work = workspace.fresh(FOLDER);
        int priority = Thread.currentThread().getPriority();
        try {
            Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            Proof proof = drill.of(document, Catalogue.of(store), head, work, _ -> {
                if (stopped.getAsBoolean()) {
                    throw new Stopped();
                }
            });
            Proofs.leave(proof, store, journal);
            if (!proof.good()) {
                journal.error("drill failed", "archive", head, "why", proof.detail());
                board.notices().bad("drill failed: " + head + " can't be restored: " + proof.detail());
                return new ReplicaReport.Answer(request, "failed: " + proof.detail(), head, now);
            }
            journal.info("drill passed", "archive", head, "what", proof.detail(), "ms", proof.millis());
            return new ReplicaReport.Answer(request, "proven", head, now);
        } catch (Stopped e) {
            return new ReplicaReport.Answer(request, "refused: the replica ended; ask again", head, now);
        } catch (AgentException e) {
            journal.warn("drill not made", "why", String.valueOf(e.getMessage()));
            return new ReplicaReport.Answer(request, "refused: " + e.reason() + ": " + e.getMessage(), head, now);
        } catch (IOException e) {
            throw new AgentException(Reason.IO, "the drill in " + work + " failed: " + e.getMessage(), e);
        } finally {
            Thread.currentThread().setPriority(priority);
            workspace.fresh(FOLDER);
        }
    }
}
