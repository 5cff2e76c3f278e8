package dev.jellykeep.sandbox.original;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandIn;
import dev.jellykeep.sandbox.standin.StandInFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OriginalSetUpTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static OriginalSetUp original;

    @BeforeAll
    static void make() throws Exception {
        original = OriginalSetUp.make(shared.resolve("original"));
    }

    @Test
    void theDatabaseIsOneEmptyPageAndEverythingIsInItsWal() throws Exception {
        JellyfinFolders folders = original.folders();
        assertThat(Files.size(folders.database())).isEqualTo(4096);
        assertThat(Files.size(wal(folders.databaseFolder()))).isBetween(3_000_000L, 5_000_000L);
        StandInFacts alone = StandInFacts.atRest(folders);
        assertThat(alone.integrity()).isEqualTo("ok");
        assertThat(alone.users()).isZero();
        // The wizard is completed, in a folder that none of the backups holds.
        assertThat(alone.wizardCompleted()).isTrue();
        assertThat(folders.dataDir().resolve("config")).doesNotExist();
    }

    @Test
    void aServerStartedOnWhatIsLeftSeesItsUsers() throws Exception {
        assertThat(usersSeenWith(original.folders().databaseFolder())).isEqualTo(OriginalSetUp.USERS);
    }

    @Test
    void goodArchivesHoldTheirUsersButOnlyTogetherWithTheWal() throws Exception {
        int users = 2;
        for (String name : OriginalSetUp.GOOD) {
            Path data = unpack(name);
            assertThat(wal(data)).exists();
            assertThat(usersSeenWith(data)).as(name).isEqualTo(users);
            users++;
            Files.delete(wal(data));
            try (var alone = SqliteFile.openImmutable(data.resolve("jellyfin.db"))) {
                assertThat(SqliteFile.integrity(alone)).isEqualTo("ok");
                assertThat(SqliteFile.hasTable(alone, "Users")).isFalse();
            }
        }
    }

    @Test
    void theFolderStyleBackupHasOneBlobPerFile() throws Exception {
        Path data = folder.resolve("blobs");
        original.writeTo(data);
        data = data.resolve(OriginalSetUp.FOLDER);
        assertThat(original.blobs().keySet())
                .contains(
                        OriginalSetUp.FOLDER + "jellyfin.db",
                        OriginalSetUp.FOLDER + "jellyfin.db-wal",
                        OriginalSetUp.FOLDER + "jellyfin.db-shm",
                        OriginalSetUp.FOLDER + "device.txt",
                        OriginalSetUp.FOLDER + "playlists/Evening [playlist]/playlist.xml");
        assertThat(usersSeenWith(data)).isEqualTo(4);
    }

    @Test
    void theNewestArchivesAreOfAnEmptyFolder() throws Exception {
        assertThat(original.blobs().tailMap(OriginalSetUp.EMPTY.getFirst()).keySet())
                .containsExactlyElementsOf(OriginalSetUp.EMPTY);
        for (String name : OriginalSetUp.EMPTY) {
            assertThat(original.blobs().get(name)).hasSizeBetween(90, 140);
            try (var files = Files.list(unpack(name))) {
                assertThat(files).isEmpty();
            }
        }
    }

    @Test
    void theTruncatedArchiveDoesNotUnpack() throws Exception {
        assertThat(tar(OriginalSetUp.TRUNCATED, folder)).isNotZero();
    }

    @Test
    void theArchiveWithoutUserIsASoundDatabaseThatShowsTheWizard() throws Exception {
        assertThat(usersSeenWith(unpack(OriginalSetUp.WITHOUT_USER))).isZero();
    }

    @Test
    void someOfTheBlobsCanBePicked() {
        assertThat(original.only(List.of(OriginalSetUp.FOLDER, OriginalSetUp.TRUNCATED)))
                .containsKeys(OriginalSetUp.TRUNCATED, OriginalSetUp.FOLDER + "jellyfin.db")
                .doesNotContainKeys(OriginalSetUp.GOOD.getFirst(), OriginalSetUp.EMPTY.getFirst());
    }

    private static Path wal(Path databaseFolder) {
        return databaseFolder.resolve("jellyfin.db-wal");
    }

    private Path unpack(String blob) throws Exception {
        Path target = Files.createTempDirectory(folder, "unpacked-");
        assertThat(tar(blob, target)).as("tar -xzf of %s", blob).isZero();
        return target;
    }

    private int tar(String blob, Path target) throws Exception {
        Path archive = folder.resolve(blob);
        Files.write(archive, original.blobs().get(blob));
        return new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", target.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("tar.log").toFile())
                .start()
                .waitFor();
    }

    /// Starts a server on a copy of a database folder, as a restore by hand would.
    private long usersSeenWith(Path databaseFolder) throws Exception {
        Path root = Files.createTempDirectory(folder, "restored-");
        var folders = JellyfinFolders.original(root.resolve("data"), root.resolve("config"));
        try (var files = Files.walk(databaseFolder)) {
            for (Path file : files.toList()) {
                Path target = folders.databaseFolder().resolve(databaseFolder.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (var server = StandIn.in(folders).start(root)) {
            long users = server.facts().users();
            server.stop(Duration.ofSeconds(30));
            return users;
        }
    }
}
