package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.ArchiveName;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an agent leaves in Blob while the emulator says that its replica runs: it holds, reports, answers, and seals at
/// the end. In the emulator's time.
final class BlobAgent {
    static final String REPLICA = "replica";

    private static final Duration STEP = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final List<ReplicaReport.Answer> answers = new ArrayList<>();
    private boolean holds;
    private long sequence;
    boolean works = true;
    boolean seals = true;

    @Nullable
    Instant savedBeforeRollout;

    @Nullable
    Instant sealed;

    BlobAgent(Cluster cluster) {
        this.cluster = cluster;
    }

    /// Lets time pass for everybody.
    void pass(Duration time) {
        Instant end = cluster.azure.now().plus(time);
        while (cluster.azure.now().isBefore(end)) {
            turn();
            Duration left = Duration.between(cluster.azure.now(), end);
            cluster.runFor(left.compareTo(STEP) < 0 ? left : STEP);
        }
    }

    boolean holds() {
        return holds;
    }

    private void turn() {
        boolean runs = cluster.azure.replicas("jellyfin").values().stream().anyMatch(each -> !each.isEmpty());
        if (!works) {
            return;
        }
        try (FolderStore store = FolderStore.open(cluster.blobs, cluster.azure::now)) {
            if (runs) {
                work(store);
            } else if (holds) {
                end(store);
            }
        }
    }

    private void work(FolderStore store) {
        if (!holds) {
            LineageDocument document = document(store);
            write(store, document.withHolder(REPLICA, document.epoch() + 1));
            save(store, ArchiveKind.SCHEDULED);
            holds = true;
        }
        store.list(BlobLayout.CONTROL, blob -> {
            if (BlobLayout.classify(blob.name()) instanceof BlobName.Control(String _, RequestKind kind)
                    && kind == RequestKind.BACKUP
                    && answers.stream().noneMatch(each -> each.request().equals(blob.name()))) {
                boolean rollout = new String(
                                store.read(blob.name()).orElseThrow().content(), StandardCharsets.UTF_8)
                        .contains("\"kind\":\"pre-rollout\"");
                String name = save(store, rollout ? ArchiveKind.PRE_ROLLOUT : ArchiveKind.REQUESTED);
                answers.add(new ReplicaReport.Answer(blob.name(), "promoted", name, cluster.azure.now()));
                savedBeforeRollout = rollout ? cluster.azure.now() : savedBeforeRollout;
            }
        });
        report(store, "holding");
    }

    private void end(FolderStore store) {
        holds = false;
        if (seals) {
            save(store, ArchiveKind.FINAL);
            write(store, document(store).withState(true, null));
            sealed = cluster.azure.now();
            report(store, "ended");
        }
    }

    private void report(FolderStore store, String phase) {
        ReportDraft draft = ReportDraft.of(ReportDraft.blank(REPLICA, null, phase, "0.1.0", "10.11.3", null));
        answers.forEach(draft::answer);
        var _ = store.put(
                BlobLayout.status(REPLICA),
                draft.build().at(cluster.azure.now()).toBytes(),
                Map.of());
    }

    private String save(FolderStore store, ArchiveKind kind) {
        LineageDocument document = document(store);
        sequence++;
        String name = ArchiveName.next(Cluster.BEGIN.plusSeconds(sequence), Optional.empty())
                .toString();
        var facts = new ArchiveFacts(
                document.lineage(),
                REPLICA,
                document.epoch(),
                sequence,
                null,
                kind,
                cluster.azure.now(),
                "00",
                "11",
                1000,
                3,
                2,
                null,
                "10.11.3",
                null,
                null);
        try (var upload = store.begin(name, 1024)) {
            upload.write(new byte[] {1, 2, 3}, 0, 3);
            upload.commit(facts.toMetadata());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Listed> history = new ArrayList<>(document.history());
        history.add(new Listed(name, "00", document.epoch(), sequence));
        write(store, document.withLine(history, document.forks()));
        return name;
    }

    private static LineageDocument document(FolderStore store) {
        return ((LineageText.Parsed.Readable) LineageText.parse(
                        store.read(BlobLayout.LINEAGE).orElseThrow().content()))
                .document();
    }

    private static void write(FolderStore store, LineageDocument document) {
        var _ = store.put(BlobLayout.LINEAGE, LineageText.print(document), Map.of());
    }
}
