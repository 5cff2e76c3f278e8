package dev.jellykeep.agent.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.archive.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether a server still writes, told from sizes and times.
class StillWritingTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final StillWriting.Look OLD = look(10, NOW.minusSeconds(60));

    @TempDir
    Path folder;

    private DataRoot root;

    @BeforeEach
    void aDatabase() throws IOException {
        root = new DataRoot(folder, new Roles("data", "config"));
        Files.createDirectories(folder.resolve("data"));
        write("data/a.db", "content");
    }

    private void write(String path, String text) throws IOException {
        Files.setLastModifiedTime(Files.writeString(folder.resolve(path), text), FileTime.from(NOW));
    }

    private StillWriting look() {
        return StillWriting.look(root, List.of("data/a.db", "data/gone.db"));
    }

    private static StillWriting.Look look(long size, Instant modified) {
        return new StillWriting.Look(size, TimeUnit.MILLISECONDS.toNanos(modified.toEpochMilli()));
    }

    @Test
    void databasesAndTheirLogsAreLookedAtUnlessTheyAreEmpty() throws IOException {
        assertThat(look().files()).isEqualTo(Map.of("data/a.db", look(7, NOW)));
        write("data/a.db-wal", "");
        assertThat(look().files()).containsOnlyKeys("data/a.db");
        write("data/a.db-wal", "log");
        write("data/a.db-shm", "index");
        assertThat(look().files()).isEqualTo(Map.of("data/a.db", look(7, NOW), "data/a.db-wal", look(3, NOW)));
    }

    @Test
    void theSameFilesAreTheSame() throws IOException {
        StillWriting before = look();
        assertThat(look().sameAs(before)).isTrue();
        write("data/a.db", "content!");
        assertThat(look().sameAs(before)).isFalse();
    }

    @Test
    void ageIsThatOfTheYoungestFile() {
        StillWriting both = new StillWriting(Map.of("a", OLD, "b", look(1, NOW.minusSeconds(10))));
        assertThat(both.isOlderThan(Duration.ofSeconds(9), NOW)).isTrue();
        assertThat(both.isOlderThan(Duration.ofSeconds(10), NOW))
                .as("at the limit itself")
                .isFalse();
        assertThat(both.isOlderThan(Duration.ofSeconds(30), NOW)).isFalse();
        assertThat(both.writtenAfter(NOW.minusSeconds(11))).isTrue();
        assertThat(both.writtenAfter(NOW.minusSeconds(10)))
                .as("at that moment itself")
                .isFalse();
        assertThat(both.writtenAfter(NOW)).isFalse();
    }

    @Test
    void aKnownFileThatDiffersOrIsGoneHasMoved() {
        StillWriting earlier = new StillWriting(Map.of("a.db", OLD));
        assertThat(new StillWriting(Map.of("a.db", OLD)).movedSince(earlier)).isFalse();
        assertThat(new StillWriting(Map.of("a.db", look(11, NOW))).movedSince(earlier))
                .isTrue();
        assertThat(new StillWriting(Map.of()).movedSince(earlier)).isTrue();
    }

    @Test
    void aNewLogOfAKnownDatabaseHasMovedAndANewDatabaseHasNot() {
        StillWriting earlier = new StillWriting(Map.of("a.db", OLD));
        assertThat(new StillWriting(Map.of("a.db", OLD, "a.db-wal", OLD)).movedSince(earlier))
                .isTrue();
        assertThat(new StillWriting(Map.of("a.db", OLD, "b.db", OLD)).movedSince(earlier))
                .isFalse();
        assertThat(new StillWriting(Map.of("a.db", OLD, "b.db", OLD, "b.db-wal", OLD)).movedSince(earlier))
                .isFalse();
        StillWriting withLog = new StillWriting(Map.of("a.db", OLD, "a.db-wal", OLD));
        assertThat(withLog.movedSince(withLog)).isFalse();
    }
}
