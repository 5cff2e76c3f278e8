package dev.jellykeep.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.writer.CommitJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInWritesTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private JellyfinFolders folders;
    private Path journal;

    @BeforeEach
    void layout() {
        folders = JellyfinFolders.official(folder.resolve("config"));
        journal = folder.resolve("committed");
    }

    @Test
    void afterSigtermTheWalIsCheckpointedAndNothingCommittedIsMissing() throws Exception {
        long last;
        try (var server = StandIn.in(folders)
                .users(2)
                .libraryMegabytes(1)
                .writesPerSecond(-1)
                .commitJournal(journal)
                .start(folder)) {
            awaitCommits(server, 200);
            last = server.stop(BOUND);
        }
        assertThat(CommitJournal.last(journal)).hasValue(last);
        assertThat(wal()).doesNotExist();
        StandInFacts atRest = StandInFacts.atRest(folders);
        assertThat(atRest.integrity()).isEqualTo("ok");
        assertThat(atRest.lastCommitted()).isEqualTo(last);
        assertThat(atRest.sumHolds()).as("%s", atRest).isTrue();
        assertThat(atRest.playStates()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void killedMidWriteItsNextStartSeesEveryNotedCommit() throws Exception {
        try (var server = StandIn.in(folders)
                .users(2)
                .libraryMegabytes(1)
                .writesPerSecond(-1)
                .commitJournal(journal)
                .start(folder)) {
            awaitCommits(server, 200);
            server.kill();
        }
        long noted = CommitJournal.last(journal).orElseThrow();
        try (var server = StandIn.in(folders).start(folder)) {
            StandInFacts facts = server.facts();
            // One more may have been committed without having been noted.
            assertThat(facts.lastCommitted()).isBetween(noted, noted + 1);
            assertThat(facts.sumHolds()).as("%s", facts).isTrue();
        }
    }

    @Test
    void aWalCanOutgrowItsDatabaseAndThenHoldsAllTheData() throws Exception {
        try (var server = StandIn.in(folders)
                .users(2)
                .libraryMegabytes(3)
                .walAutocheckpoint(0)
                .start(folder)) {
            assertThat(server.facts().users()).isEqualTo(2);
            assertThat(Files.size(folders.database())).isEqualTo(4096);
            assertThat(Files.size(wal())).isGreaterThan(3_000_000);
            server.kill();
        }
        StandInFacts withoutWal = StandInFacts.atRest(folders);
        assertThat(withoutWal.integrity()).isEqualTo("ok");
        assertThat(withoutWal.users()).isZero();
    }

    @Test
    void itGoesOnWritingAfterSigtermAndEvenAfterTheListenerHasClosed() throws Exception {
        long before;
        long last;
        try (var server = StandIn.in(folders)
                .users(2)
                .commitJournal(journal)
                .shutdown(Duration.ofMillis(200), 4)
                .lateWrites(3, Duration.ofMillis(300))
                .start(folder)) {
            before = server.facts().lastCommitted();
            server.process().terminate();
            awaitRefused(server);
            // The first late write comes 300 ms after the listener has closed.
            assertThat(CommitJournal.last(journal).orElseThrow()).isLessThan(before + 7);
            last = server.stop(BOUND);
        }
        assertThat(last).isEqualTo(before + 7);
        assertThat(StandInFacts.atRest(folders).lastCommitted()).isEqualTo(last);
    }

    @Test
    void theRateOfWritesCanBeChangedWhileItRuns() throws Exception {
        try (var server = StandIn.in(folders).users(1).start(folder)) {
            long idle = server.facts().lastCommitted();
            server.writesPerSecond(200);
            awaitCommits(server, 50);
            server.writesPerSecond(0);
            // One write may be under way when the rate changes.
            long stopped = server.facts().lastCommitted();
            server.createUser("user-2");
            assertThat(server.facts().lastCommitted()).isBetween(stopped + 1, stopped + 2);
            assertThat(stopped).isGreaterThan(idle);
        }
    }

    @Test
    void optimisingRewritesTheDatabaseAndKeepsTheData() throws Exception {
        try (var server = StandIn.in(folders)
                .users(2)
                .libraryMegabytes(2)
                .writesPerSecond(-1)
                .start(folder)) {
            long items = server.facts().items();
            server.optimize();
            awaitCommits(server, 50);
            StandInFacts after = server.facts();
            assertThat(after.items()).isEqualTo(items);
            assertThat(after.sumHolds()).as("%s", after).isTrue();
            assertThat(after.failedWrites()).isZero();
        }
    }

    @Test
    void strippedLocksAreReallyGone() throws Exception {
        try (var server = StandIn.in(folders).users(1).start(folder)) {
            assertThat(server.health()).hasValue("Healthy");
            assertThat(lockedByTheServer()).isTrue();
        }
        try (var server = StandIn.in(folders).stripLocks().start(folder)) {
            assertThat(server.health()).hasValue("Healthy");
            assertThat(lockedByTheServer()).isFalse();
        }
    }

    // An open WAL database is read-locked for as long as a connection lives, on these 510 bytes.
    private boolean lockedByTheServer() throws Exception {
        try (var file = java.nio.channels.FileChannel.open(
                        folders.database(),
                        java.nio.file.StandardOpenOption.READ,
                        java.nio.file.StandardOpenOption.WRITE);
                var lock = file.tryLock(0x40000002L, 510, false)) {
            return lock == null;
        }
    }

    private Path wal() {
        return folders.databaseFolder().resolve("jellyfin.db-wal");
    }

    private static void awaitCommits(RunningStandIn server, long more) {
        long first = server.facts().lastCommitted();
        await(() -> server.facts().lastCommitted() >= first + more, more + " more commits");
    }

    private static void awaitRefused(RunningStandIn server) {
        await(() -> server.health().isEmpty(), "refused connections");
    }

    private static void await(java.util.function.BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s within %s", what, BOUND).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
