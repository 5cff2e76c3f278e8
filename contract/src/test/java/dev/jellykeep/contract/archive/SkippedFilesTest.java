package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SkippedFilesTest {
    private final SkippedFiles files = new SkippedFiles();

    @Test
    void fewAreAllNamedInOrder() {
        add(SkippedFiles.MOST, "p");
        assertThat(files.records()).hasSize(SkippedFiles.MOST).doesNotHaveDuplicates();
        assertThat(files.records().getFirst()).isEqualTo(new Skipped("p0", "why"));
        assertThat(files.records().getLast()).isEqualTo(new Skipped("p9999", "why"));
    }

    @Test
    void manyAreCounted() {
        add(SkippedFiles.MOST + 3, "p");
        assertThat(files.records()).hasSize(SkippedFiles.MOST + 1);
        assertThat(files.records().getLast()).isEqualTo(new Skipped(".", "3 more, which are too many to be named"));
    }

    @Test
    void whatWasOnlyCountedBeforeIsCountedOn() {
        SkippedFiles scanned = new SkippedFiles();
        IntStream.range(0, SkippedFiles.MOST + 3).forEach(i -> scanned.add(new Skipped("p" + i, "why")));
        files.add(new Skipped("gone", "gone"));
        scanned.records().forEach(files::add);
        assertThat(files.records().getLast().why()).startsWith("4 more");
    }

    @Test
    void longNamesTakeNoMoreMemoryThanShortOnes() {
        String megabyte = "n".repeat(1 << 20);
        add(3, megabyte);
        assertThat(files.records()).hasSize(3);
        add(2, megabyte);
        assertThat(files.records()).hasSize(4);
        files.add(new Skipped("short", "after one that had no room"));
        assertThat(files.records().getLast().why()).startsWith("3 more");
    }

    @Test
    void theTextThatHasRoomIsNamedToItsLastCharacter() {
        files.add(new Skipped("n".repeat((int) SkippedFiles.MOST_TEXT - 3), "why"));
        assertThat(files.records()).extracting(Skipped::why).containsExactly("why");
        files.add(new Skipped("", ""));
        files.add(new Skipped("", "w"));
        assertThat(files.records()).hasSize(3);
        assertThat(files.records().getLast().why()).startsWith("1 more");
    }

    private void add(int count, String path) {
        IntStream.range(0, count).forEach(i -> files.add(new Skipped(path + i, "why")));
    }
}
