package dev.jellykeep.agent.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.agent.archive.Extracted;
import dev.jellykeep.agent.archive.SeenEntries;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {
    @TempDir
    Path work;

    private Path data;
    private Path tree;
    private Staging staging;
    private Placement placement;

    @BeforeEach
    void extract() throws IOException {
        data = Files.createDirectories(work.resolve("data"));
        DataRoot root = new DataRoot(data, new Roles("", "config"));
        tree = Files.createDirectories(root.own().resolve("staging/tree"));
        Path seen = root.own().resolve("staging/seen");
        try (SeenEntries.Writer list = new SeenEntries.Writer(seen)) {
            for (String name : List.of("first", "second")) {
                Files.writeString(tree.resolve(name), name);
                list.add(
                        new ManifestEntry(name, EntryType.FILE, name.length(), 0644, 0, 0, null, null, null),
                        Instant.EPOCH);
            }
        }
        staging =
                new Staging(tree, seen, new Extracted(null, List.of(), List.of(), 2, 11, ""), Staging.UNCHANGED, false);
        placement = new Placement(root, false);
    }

    @Test
    void everythingComesToItsPlace() throws IOException {
        assertThat(placement.place(staging).placed()).isEqualTo(2);
        assertThat(data.resolve("first")).hasContent("first");
        assertThat(data.resolve("second")).hasContent("second");
    }

    /// As a disk that can't say whether it is there makes it look, too.
    @Test
    void aRestoreIsCalledWholeAlthoughAFileIsGoneFromWhereItWasExtracted() throws IOException {
        Files.delete(tree.resolve("second"));
        assertThatThrownBy(() -> placement.place(staging))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("second was extracted");
    }

    @Test
    void whatIsInTheWayOfARestoreIsReplaced() throws IOException {
        Files.writeString(data.resolve("second"), "somebody else's");
        assertThat(placement.place(staging).left()).containsExactly("second");
        assertThat(data.resolve("second")).hasContent("somebody else's");
    }
}
