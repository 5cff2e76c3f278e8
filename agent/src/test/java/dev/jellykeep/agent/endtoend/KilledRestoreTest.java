package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A restore that is killed leaves the data root as before, whole, or marked incomplete; the next attempt succeeds.
class KilledRestoreTest {
    private static final int FILES = 600;
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Map<String, String> FOREIGN =
            Map.of("lost+found/note", "1", "metadata/0/foreign", "2", "config/branding.xml", "3");

    @TempDir
    static Path work;

    private static Installation site;
    private static SortedMap<String, String> whole;

    @BeforeAll
    static void save() throws IOException {
        site = Installation.in(work).filled();
        for (int i = 0; i < FILES; i++) {
            Path file = file(i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content " + i);
        }
        site.run("backup").ok();
        site.loseDisk();
        site.run("restore").ok();
        whole = Trees.picture(site.disk());
        emptyButForForeignFiles();
        whole.putAll(Trees.picture(site.disk()));
    }

    @BeforeEach
    void emptyDisk() throws IOException {
        emptyButForForeignFiles();
    }

    private static void emptyButForForeignFiles() throws IOException {
        site.loseDisk();
        for (var file : FOREIGN.entrySet()) {
            Path path = site.disk().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static Path file(int number) {
        return site.folders().dataDir().resolve("metadata/" + number % 10 + "/file-" + number);
    }

    @Test
    void asSoonAsTheListOfNamesIsThere() throws IOException {
        Path moving = site.disk().resolve(".jellykeep/moving.json");
        killed(() -> Files.exists(moving));
        theNextAttemptSucceeds("at moving.json");
    }

    @Test
    void afterTheDatabaseIsInPlace() throws IOException {
        killed(() -> Files.exists(site.folders().database()));
        theNextAttemptSucceeds("at the database");
    }

    @Test
    void betweenTheFilesAndTheIdentity() throws IOException {
        killed(() -> Files.exists(file(FILES - 1))
                && Files.exists(site.folders().dataDir().resolve("root")));
        theNextAttemptSucceeds("after the last file");
    }

    @Test
    void twiceInARow() throws IOException {
        Path moving = site.disk().resolve(".jellykeep/moving.json");
        killed(() -> Files.exists(moving));
        killed(() -> Files.exists(file(5)));
        theNextAttemptSucceeds("twice");
    }

    @Test
    void theListOfNamesIsWhatARetryRemoves() throws IOException {
        killed(() -> Files.exists(file(5)));
        Path own = site.disk().resolve(".jellykeep");
        ReplicaIdentity started =
                new ReplicaIdentity(UUID.randomUUID(), site.document().lineage(), "gone", null, false);
        Files.write(own.resolve("replica.json"), started.toBytes());
        Files.writeString(own.resolve("moving.json"), "[\"data/jellyfin.db\", \"metadata/of-another-archive\"]");
        Files.writeString(site.folders().dataDir().resolve("metadata/of-another-archive"), "half");
        site.run("restore").ok();
        assertThat(Trees.picture(site.disk())).isEqualTo(whole);
        assertThat(site.identity().replica()).isEqualTo(started.replica());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "[\"metadata/0/file-0\"", "[\"metadata/0/fi"})
    @Timeout(60)
    void aListOfNamesThatIsCutShortHoldsNothingUp(String list) throws IOException {
        Path own = Files.createDirectories(site.disk().resolve(".jellykeep"));
        Files.writeString(own.resolve("moving.json"), list);
        theNextAttemptSucceeds("while the list was written: " + list);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void atAnyTime(long seed) throws IOException {
        long began = System.nanoTime();
        long delay = Duration.ofMillis(300 + new Random(seed).nextInt(1200)).toNanos();
        killed(() -> System.nanoTime() - began > delay);
        theNextAttemptSucceeds("seed " + seed + ", after " + Duration.ofNanos(delay));
    }

    private void killed(BooleanSupplier when) {
        try (ChildProcess restore = site.start("restore")) {
            long deadline = System.nanoTime() + BOUND.toNanos();
            while (restore.alive() && !when.getAsBoolean() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(200_000);
            }
            restore.kill();
        }
    }

    private boolean complete() throws IOException {
        Path file = site.disk().resolve(ReplicaIdentity.FILE);
        return Files.exists(file)
                && ReplicaIdentity.parse(Files.readAllBytes(file)).complete();
    }

    private void theNextAttemptSucceeds(String killedWhen) throws IOException {
        if (complete()) {
            assertThat(Trees.picture(site.disk()))
                    .as("called complete, killed %s", killedWhen)
                    .isEqualTo(whole);
        }
        for (var file : FOREIGN.entrySet()) {
            assertThat(site.disk().resolve(file.getKey()))
                    .as("killed %s", killedWhen)
                    .content()
                    .isEqualTo(file.getValue());
        }
        site.run("restore").ok();
        assertThat(Trees.picture(site.disk())).as("killed %s", killedWhen).isEqualTo(whole);
        assertThat(site.identity().complete()).isTrue();
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
    }
}
