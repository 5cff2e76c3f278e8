package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.backup.Saver;
import dev.jellykeep.agent.data.StillWriting;
import dev.jellykeep.agent.fixture.QuickBackups;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.prune.Pruner;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.schedule.Schedule;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Reading;
import dev.jellykeep.store.folder.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two replicas were left. One was told to stop and could not reach the store; meanwhile the other one took the
/// lineage,
/// saved its users' writes and died. Who was told to stop has lost, however late it ends; protocol §5.
class LateEndTest {
    private static final UUID LINEAGE = UUID.randomUUID();
    private static final UUID ME = UUID.randomUUID();
    private static final Listed BASE = new Listed("backup-20260101000000.tar.gz", "sha", 1, 1);
    private static final Listed OTHERS = new Listed("backup-20260101000100.tar.gz", "sha", 2, 2);
    private static final LineageDocument SEALED = LineageDocument.fresh(LINEAGE, null)
            .withLine(List.of(BASE), List.of())
            .withHolder("who-was-before", 1)
            .withState(true, null);
    private static final Journal SILENT = (_, _, _) -> {};
    /// Ahead, so that nobody's heartbeat is fresh.
    private static final InstantSource LATER = () -> Instant.now().plusSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whoEndsLateDoesNotClaimOverWhatAnotherHasSavedMeanwhile() {
        LineageStore lineage = sealedBeforeMe();
        Reading.Present first = lineage.require();
        StopSignal stop = new StopSignal();
        stop.tell();
        end(lineage, cutOffAfterTheFirst(lineage, this::takenByAnother), stop, first);
        theOthersAreAtTheHeadAndMineAreAFork(lineage);
    }

    /// A backup that was under way may take longer than another replica's whole life.
    @Test
    void whoIsBusyWhenItIsToldToStopDoesNotClaimOverWhatAnotherHasSavedMeanwhile() {
        LineageStore lineage = sealedBeforeMe();
        Reading.Present first = lineage.require();
        put(store(), taken().withState(true, null));
        end(lineage, lineage::require, toldLongAgo(), first);
        theOthersAreAtTheHeadAndMineAreAFork(lineage);
    }

    @Test
    void whoHasNeverReachedTheStoreBeforeItIsToldToStopDoesNotClaimOverWhatAnotherHasSavedMeanwhile() {
        LineageStore lineage = sealedBeforeMe();
        put(store(), taken().withState(true, null));
        end(lineage, lineage::require, toldLongAgo(), null);
        theOthersAreAtTheHeadAndMineAreAFork(lineage);
    }

    @Test
    void whoIsHeldUpBeforeItsClaimDoesNotClaimOverWhatAnotherHasSavedMeanwhile() {
        LineageStore lineage = sealedBeforeMe();
        Reading.Present first = lineage.require();
        StopSignal stop = new StopSignal();
        stop.tell();
        end(lineage, lineage::require, stop, first, () -> {
            put(store(), taken().withState(true, null));
            return true;
        });
        theOthersAreAtTheHeadAndMineAreAFork(lineage);
    }

    @Test
    void whoIsInTheMidstOfATurnDoesNotClaimOverWhatAnotherHasSavedMeanwhile() {
        LineageStore lineage = sealedBeforeMe();
        Reading.Present first = lineage.require();
        StopSignal stop = slow();
        Sidecar.Tools tools = tools(store(), lineage, lineage::require, () -> {
            stop.tell();
            put(store(), taken().withState(true, null));
            return HealthProbe.Answer.HEALTHY;
        });
        new Sidecar(tools, ME.toString(), first).run(stop);
        theOthersAreAtTheHeadAndMineAreAFork(lineage);
    }

    private static StopSignal toldLongAgo() {
        StopSignal stop = slow();
        stop.tell();
        return stop;
    }

    private static StopSignal slow() {
        return new StopSignal() {
            @Override
            public Duration since() {
                return Duration.ofSeconds(20);
            }
        };
    }

    private LineageStore sealedBeforeMe() {
        put(store(), SEALED);
        return new LineageStore(store(), Duration.ofSeconds(1));
    }

    private BlobStore store() {
        return FolderStore.open(folder, LATER);
    }

    private void takenByAnother() {
        put(store(), taken());
    }

    private static LineageDocument taken() {
        return SEALED.withLine(List.of(BASE, OTHERS), List.of()).withHolder("the-other", 2);
    }

    private void end(
            LineageStore lineage,
            Supplier<Reading.Present> document,
            StopSignal stop,
            Reading.@Nullable Present first) {
        end(lineage, document, stop, first, () -> true);
    }

    private void end(
            LineageStore lineage,
            Supplier<Reading.Present> document,
            StopSignal stop,
            Reading.@Nullable Present first,
            BooleanSupplier mayHold) {
        new FinalBackup(
                        tools(store(), lineage, document, () -> HealthProbe.Answer.HEALTHY),
                        ME.toString(),
                        stop,
                        Duration.ofSeconds(1),
                        true,
                        mayHold,
                        first)
                .end();
    }

    private static void theOthersAreAtTheHeadAndMineAreAFork(LineageStore lineage) {
        LineageDocument document = lineage.require().document();
        assertThat(document.head()).contains(OTHERS);
        assertThat(document.forks())
                .as("its own writes are kept")
                .singleElement()
                .satisfies(fork -> assertThat(fork.owner()).isEqualTo(ME.toString()));
    }

    private static Supplier<Reading.Present> cutOffAfterTheFirst(LineageStore lineage, Runnable meanwhile) {
        return new Supplier<>() {
            private int calls;

            @Override
            public Reading.Present get() {
                calls++;
                if (calls == 2) {
                    meanwhile.run();
                    throw new StoreException(StoreException.Kind.UNREACHABLE, "cut off", null);
                }
                return lineage.require();
            }
        };
    }

    private static Sidecar.Tools tools(
            BlobStore store, LineageStore lineage, Supplier<Reading.Present> document, AppProbe probe) {
        ReplicaIdentity identity = new ReplicaIdentity(ME, LINEAGE, BASE.name(), null, true);
        return new Sidecar.Tools(
                store,
                lineage,
                document,
                new Saver(store, lineage, new QuickBackups(store, () -> {}), identity, true, SILENT),
                new Pruner(store, lineage, SILENT),
                new Requests(store),
                probe,
                gone(),
                new ReportBoard(ReportDraft.blank(ME.toString(), null, "standby", "agent", null, null), LATER),
                new Schedule(Duration.ofHours(1), Duration.ZERO),
                true,
                null,
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                List.of(),
                SILENT,
                LATER,
                Ticker.ofMachine(),
                () -> 0,
                null);
    }

    private static AppExit gone() {
        StillWriting still = new StillWriting(Map.of());
        return new AppExit() {
            @Override
            public Gone await(BooleanSupplier goOn) {
                return new Gone(true, still);
            }

            @Override
            public StillWriting look() {
                return still;
            }
        };
    }

    private static void put(BlobStore store, LineageDocument document) {
        String _ = store.put(BlobLayout.LINEAGE, LineageText.print(document), Map.of());
    }
}
