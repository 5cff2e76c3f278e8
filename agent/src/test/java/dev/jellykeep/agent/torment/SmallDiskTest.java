package dev.jellykeep.agent.torment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full before, or while, the agent works on it; all of it with `-Dtorments=all`.
class SmallDiskTest {
    private static final int CONTENT = 12 << 20;

    @TempDir
    Path work;

    private Path content;
    private Path root;
    private Path store;
    private Map<String, String> environment;

    @BeforeEach
    void server() throws IOException {
        Path trial = Files.createDirectory(work.resolve("trial"));
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(
                    SmallDisk.missing(trial).isEmpty(),
                    () -> SmallDisk.missing(trial).orElse(""));
        }
        content = Files.createDirectory(work.resolve("content"));
        root = Files.createDirectory(work.resolve("root"));
        store = Files.createDirectory(work.resolve("store"));
        JellyfinFolders folders = ServerData.copyTo(content);
        byte[] noise = new byte[CONTENT];
        new Random(1).nextBytes(noise);
        Files.write(folders.dataDir().resolve("large"), noise);
        for (int i = 0; i < 300; i++) {
            Files.writeString(
                    Files.createDirectories(folders.dataDir().resolve("metadata/" + i))
                            .resolve("poster"),
                    "x");
        }
        environment = Map.of(
                "JELLYKEEP_FOLDER",
                store.toString(),
                "JELLYFIN_DATA_DIR",
                root.toString(),
                "JELLYKEEP_APP_HEALTH_URL",
                "none",
                "LC_ALL",
                "C.UTF-8");
    }

    @Test
    @EnabledIfSystemProperty(named = "torments", matches = "all")
    void aBackupOnAFullDiskIsRefusedAndTakesNothingMore() throws IOException {
        refused(backup("size=30m", ""));
    }

    @Test
    void aBackupThatFindsNoRoomForOneFileMoreIsRefused() throws IOException {
        refused(backup("size=200m,nr_inodes=" + (entries() + 3), ""));
    }

    @Test
    @EnabledIfSystemProperty(named = "torments", matches = "all")
    void aRestoreThatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws IOException {
        save();
        emptyHanded(restore("size=30m", ""));
    }

    @Test
    @EnabledIfSystemProperty(named = "torments", matches = "all")
    void aRestoreThatRunsOutOfFilesLeavesTheDiskAsItWas() throws IOException {
        save();
        emptyHanded(restore("size=200m,nr_inodes=400", ""));
    }

    @Test
    void aRestoreWhoseRoomIsTakenByAnotherMeanwhileLeavesTheDiskAsItWas() throws IOException {
        save();
        emptyHanded(restore(
                "size=60m",
                "until [ -e \"$at/.jellykeep/staging/tree/large\" ]; do :; done; cat /dev/zero > \"$at/neighbours\""));
    }

    private long entries() throws IOException {
        return ServerData.tree(content).size();
    }

    private SmallDisk.Ended backup(String options, String neighbour) throws IOException {
        return new SmallDisk(options, root, neighbour).run(work, content, "64m", environment, "backup");
    }

    private SmallDisk.Ended restore(String options, String neighbour) throws IOException {
        Path nothing = Files.createDirectory(work.resolve("nothing"));
        return new SmallDisk(options, root, neighbour).run(work, nothing, "64m", environment, "restore");
    }

    private void save() {
        Cli.at(store, content)
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .run("backup")
                .expect(ExitCode.OK);
    }

    private void refused(SmallDisk.Ended ended) throws IOException {
        said(ended);
        assertThat(
                        Files.exists(ended.after().resolve(".jellykeep/work"))
                                ? ServerData.tree(ended.after().resolve(".jellykeep/work"))
                                : Map.of("", "folder"))
                .as("what the backup had begun")
                .isEqualTo(Map.of("", "folder"));
        assertThat(server(ended.after())).isEqualTo(server(content));
        assertThat(ServerData.tree(store).keySet()).as("archives").noneMatch(name -> name.startsWith("backup-"));
    }

    private void emptyHanded(SmallDisk.Ended ended) throws IOException {
        said(ended);
        assertThat(ended.after().resolve(".jellykeep/staging")).doesNotExist();
        assertThat(server(ended.after()).keySet()).containsAnyOf("").isSubsetOf("", "neighbours");
    }

    private static void said(SmallDisk.Ended ended) {
        assertThat(ended.code()).as(ended.said()).isEqualTo(ExitCode.IO.number());
        assertThat(ended.said()).contains(": NO_SPACE: ", "free some space").doesNotContain("    at ");
    }

    /// Without our own folder, and what a look at a database leaves beside it.
    private static SortedMap<String, String> server(Path root) throws IOException {
        SortedMap<String, String> tree = ServerData.tree(root);
        tree.keySet().removeIf(name -> name.startsWith(".jellykeep") || name.endsWith("-shm") || name.endsWith("-wal"));
        return tree;
    }
}
