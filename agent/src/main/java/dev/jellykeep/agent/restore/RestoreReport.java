package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/// Writes a restore's outcome and timings to `status/`. A report that can't be written is said, and harms nothing.
public final class RestoreReport {
    private final BlobStore store;
    private final InstantSource clock;
    private final Journal journal;

    public RestoreReport(BlobStore store, InstantSource clock, Journal journal) {
        this.store = store;
        this.clock = clock;
        this.journal = journal;
    }

    public void succeeded(RestoreOutcome outcome, Settings settings, String agent) {
        Instant now = clock.instant();
        ReplicaReport.Restored restored = switch (outcome) {
            case RestoreOutcome.Kept _ -> new ReplicaReport.Restored("kept", null, null, now, 0);
            case RestoreOutcome.StartedEmpty _ -> new ReplicaReport.Restored("started-empty", null, null, now, 0);
            case RestoreOutcome.Restored done ->
                new ReplicaReport.Restored(
                        "restored",
                        done.archive(),
                        detail(done),
                        now,
                        done.timings().total().toMillis());
        };
        put(outcome.identity().replica().toString(), "restored", restored, settings, agent);
        if (outcome instanceof RestoreOutcome.Restored done) {
            Proofs.leave(proof(done, now, agent), store, journal);
        }
    }

    /// A cold start proves what a drill does. One that had to pass over newer archives proves that they are bad.
    private static Proof proof(RestoreOutcome.Restored done, Instant now, String agent) {
        boolean good = done.refused().isEmpty();
        return new Proof(
                done.archive(),
                Proof.How.COLD_START,
                good,
                good
                        ? done.entries() + " entries, restored"
                        : "newer archives could not be used: " + String.join("; ", done.refused()),
                now,
                done.timings().total().toMillis(),
                done.bytes(),
                0,
                done.users(),
                agent);
    }

    /// @param replica id of the replica as far as it is known, else one for this report alone
    public void failed(UUID replica, AgentException failure, Settings settings, String agent) {
        ReplicaReport.Restored restored = new ReplicaReport.Restored(
                "failed", null, failure.reason() + ": " + failure.getMessage(), clock.instant(), 0);
        put(replica.toString(), "restore-failed", restored, settings, agent);
    }

    private void put(String replica, String phase, ReplicaReport.Restored restored, Settings settings, String agent) {
        ReplicaReport blank = ReportDraft.blank(
                replica,
                settings.injection().replicaName(),
                phase,
                agent,
                settings.app().version(),
                store.credentialExpiry().orElse(null));
        try {
            store.put(
                    BlobLayout.status(replica),
                    ReportDraft.of(blank)
                            .restore(restored)
                            .build()
                            .at(clock.instant())
                            .toBytes(),
                    Map.of());
        } catch (StoreException e) {
            journal.warn("the restore's report can't be written", "why", String.valueOf(e.getMessage()));
        }
    }

    private static String detail(RestoreOutcome.Restored done) {
        String timings = "plan " + done.timings().plan().toMillis() + " ms, transfer "
                + done.timings().transfer().toMillis() + " ms, check "
                + done.timings().check().toMillis() + " ms, place "
                + done.timings().place().toMillis() + " ms";
        String synthesised = done.synthesised() ? "; system.xml synthesised" : "";
        String refused = done.refused().isEmpty() ? "" : "; not used: " + String.join("; ", done.refused());
        return timings + synthesised + refused;
    }
}
