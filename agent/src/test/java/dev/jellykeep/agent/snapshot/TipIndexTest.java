package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.contract.archive.EntryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TipIndexTest {
    private static final long HOUR = 3_600_000_000_000L;

    @TempDir
    Path folder;

    @Test
    void rowsAreGivenBack() throws Exception {
        FileStat old = changedAt(now() - HOUR);
        List<TipIndex.Row> rows = List.of(
                new TipIndex.Row("a\nb", EntryType.DIRECTORY, 0, 0755, 1, 2, null, old, null),
                new TipIndex.Row("ü", EntryType.LINK, 0, 0777, 4_000_000_000L, 2, "target", null, null),
                new TipIndex.Row("z", EntryType.DATABASE, 1L << 40, 07777, 1, 2, "digest", old, old));
        try (TipIndex.Writer writer = new TipIndex.Writer(file())) {
            for (TipIndex.Row row : rows) {
                writer.add(row);
            }
            writer.finish("tip", "content");
        }
        try (TipIndex.Reader reader = TipIndex.open(file(), "tip", "content").orElseThrow()) {
            for (TipIndex.Row row : rows) {
                assertThat(reader.next()).contains(row);
            }
            assertThat(reader.next()).isEmpty();
        }
        assertThat(TipIndex.open(file(), "tip")).isPresent();
        assertThat(TipIndex.open(file(), "other")).isEmpty();
        assertThat(TipIndex.open(file(), "tip", "other")).isEmpty();
        assertThat(TipIndex.open(file(), null)).isEmpty();
    }

    /// File systems stamp times in ticks of some milliseconds: a second change within one would go unseen.
    @Test
    void aFileThatDidNotChangeBeforeTheIndexWasBegunIsHashedAgain() throws Exception {
        FileStat fresh = changedAt(now() + HOUR);
        FileStat old = changedAt(now() - HOUR);
        assertThat(statOf(fresh, null)).isNull();
        assertThat(statOf(old, fresh)).isNull();
        assertThat(statOf(old, null)).isEqualTo(old);
        assertThat(statOf(old, old)).isEqualTo(old);
    }

    @Test
    void anUnfinishedIndexIsNone() throws Exception {
        try (TipIndex.Writer writer = new TipIndex.Writer(file())) {
            writer.add(new TipIndex.Row("a", EntryType.FILE, 1, 0644, 0, 0, "d", null, null));
        }
        assertThat(TipIndex.open(file(), "tip")).isEmpty();
    }

    private @Nullable FileStat statOf(FileStat stat, @Nullable FileStat wal) throws Exception {
        try (TipIndex.Writer writer = new TipIndex.Writer(file())) {
            writer.add(new TipIndex.Row("a", EntryType.DATABASE, 1, 0644, 0, 0, "d", stat, wal));
            writer.finish("tip", "content");
        }
        try (TipIndex.Reader reader = TipIndex.open(file(), "tip").orElseThrow()) {
            return reader.next().map(TipIndex.Row::stat).orElse(null);
        }
    }

    /// By the clock of the file system.
    private long now() throws Exception {
        Path now = folder.resolve("now");
        Files.writeString(now, "now");
        return FileStat.of(now).orElseThrow().changed();
    }

    private static FileStat changedAt(long changed) {
        return new FileStat(0x8000, 0644, 1, changed, changed, 7, 0, 0);
    }

    private Path file() {
        return folder.resolve("tip.index");
    }
}
