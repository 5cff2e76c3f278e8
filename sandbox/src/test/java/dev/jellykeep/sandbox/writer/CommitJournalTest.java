package dev.jellykeep.sandbox.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitJournalTest {

    @TempDir
    Path folder;

    @Test
    void aLineHalfWrittenDoesNotCount() throws Exception {
        Path file = folder.resolve("journal");
        Files.writeString(file, "41\n42\n4");
        assertThat(CommitJournal.last(file)).hasValue(42);
    }

    @Test
    void anEmptyOrMissingJournalHasNoLastNumber() throws Exception {
        Path file = folder.resolve("journal");
        assertThat(CommitJournal.last(file)).isEmpty();
        Files.writeString(file, "1");
        assertThat(CommitJournal.last(file)).isEmpty();
    }

    @Test
    void numbersAreAppendedAcrossOpenings() throws Exception {
        Path file = folder.resolve("journal");
        for (long number = 1; number <= 3; number++) {
            try (var journal = CommitJournal.open(file, true)) {
                journal.append(number * 1_000_000);
            }
        }
        assertThat(CommitJournal.last(file)).hasValue(3_000_000);
        assertThat(Files.readAllLines(file)).containsExactly("1000000", "2000000", "3000000");
    }
}
