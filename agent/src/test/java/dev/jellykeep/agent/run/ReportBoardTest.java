package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.store.BlobStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportBoardTest {
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch lastWordWritten = new CountDownLatch(1);

    /// Who reads the report waits for an end that was told long ago.
    @Test
    void aHeartbeatThatWasUnderWayDoesNotReplaceTheLastWord() throws InterruptedException {
        BlobStore store = slowForTheFirst();
        ReportBoard board =
                new ReportBoard(ReportDraft.blank("replica", null, "ending", "agent", null, null), () -> Instant.EPOCH);
        Thread heartbeat = Thread.ofPlatform().start(() -> board.put(store));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        board.change(report -> ReportDraft.of(report).phase("ended").build());
        board.put(store);
        heartbeat.join();
        assertThat(written).last().isEqualTo("ended");
    }

    /// What it would say has been said; the grace period is for the backup.
    @Test
    void aHeartbeatThatStillTriesDoesNotHoldUpTheEnd() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        BlobStore store = (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, _, _) -> {
                    begun.countDown();
                    try {
                        boolean _ = lastWordWritten.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                        ended.countDown();
                    }
                    return "etag";
                });
        ReportBoard board =
                new ReportBoard(ReportDraft.blank("replica", null, "ending", "agent", null, null), () -> Instant.EPOCH);
        Heartbeat heartbeat = Heartbeat.start(board, store, Duration.ofMillis(1), (_, _, _) -> {});
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        heartbeat.close();
        assertThat(ended.getCount()).as("it was told to let go").isZero();
    }

    /// A replica without a heartbeat counts as gone.
    @Test
    void theFirstUnexpectedFailureOfAHeartbeatIsItsLastBeat() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        BlobStore store = (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, _, _) -> {
                    second.countDown();
                    throw new IllegalStateException("nobody expects this");
                });
        ReportBoard board =
                new ReportBoard(ReportDraft.blank("replica", null, "ending", "agent", null, null), () -> Instant.EPOCH);
        List<String> said = new CopyOnWriteArrayList<>();
        try (Heartbeat _ = Heartbeat.start(
                board, store, Duration.ofMillis(1), (_, message, facts) -> said.add(message + List.of(facts)))) {
            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(said).hasSize(1);
        assertThat(said.getFirst()).contains("heartbeat can't be written", "nobody expects this");
    }

    /// A turn of the loop ends with a report.
    @Test
    void aHeartbeatThatNeverComesBackHoldsUpNoBackup() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        BlobStore store = (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, _, _) -> {
                    begun.countDown();
                    never.await();
                    return "etag";
                });
        ReportBoard board =
                new ReportBoard(ReportDraft.blank("replica", null, "ending", "agent", null, null), () -> Instant.EPOCH);
        Thread heartbeat = Thread.ofPlatform().start(() -> board.put(store));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        Thread loop = Thread.ofPlatform().start(() -> board.put(store));
        assertThat(loop.join(Duration.ofSeconds(20))).as("the loop goes on").isTrue();
        never.countDown();
        heartbeat.join();
    }

    /// The first report gets there after the last one, unless that one waits for it.
    private BlobStore slowForTheFirst() {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("put");
                    String phase = ReplicaReport.parse((byte[]) arguments[1])
                            .orElseThrow()
                            .phase();
                    if (phase.equals("ending")) {
                        begun.countDown();
                        boolean _ = lastWordWritten.await(1, TimeUnit.SECONDS);
                    }
                    written.add(phase);
                    if (phase.equals("ended")) {
                        lastWordWritten.countDown();
                    }
                    return "etag";
                });
    }
}
