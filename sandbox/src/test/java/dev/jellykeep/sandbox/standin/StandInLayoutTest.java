package dev.jellykeep.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandInLayoutTest {

    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final List<String> DATA = List.of(
            "data/jellyfin.db",
            "data/playback_reporting.db",
            "data/device.txt",
            "data/playlists/Evening [playlist]/playlist.xml",
            "plugins/Playback Reporting_16.0.0.0/meta.json",
            "plugins/configurations/Jellyfin.Plugin.PlaybackReporting.xml",
            "root/default/Séries télé/options.xml",
            "root/default/Films/Films.mblnk",
            "root/default/.hidden-note",
            "metadata/.ignore",
            "data/activitylog.db.old",
            ".jellyfin-data",
            "data/.jellyfin-data",
            "plugins/.jellyfin-plugin",
            "root/.jellyfin-root");
    private static final List<String> CONFIG =
            List.of("system.xml", "network.xml", "encoding.xml", "users", ".jellyfin-config");

    @TempDir
    Path folder;

    enum Layout {
        OFFICIAL {
            @Override
            JellyfinFolders in(Path folder) {
                return JellyfinFolders.official(folder.resolve("config"));
            }
        },
        LINUXSERVER {
            @Override
            JellyfinFolders in(Path folder) {
                return JellyfinFolders.linuxserver(folder.resolve("config"));
            }
        },
        ORIGINAL {
            @Override
            JellyfinFolders in(Path folder) {
                return JellyfinFolders.original(folder.resolve("data"), folder.resolve("config/config"));
            }
        };

        abstract JellyfinFolders in(Path folder);
    }

    @ParameterizedTest
    @EnumSource
    void everyLayoutHasItsFilesWhereTheImagePutsThem(Layout layout) throws Exception {
        JellyfinFolders folders = layout.in(folder);
        try (var server = StandIn.in(folders).users(1).start(folder)) {
            server.stop(BOUND);
        }
        assertThat(DATA)
                .allSatisfy(file -> assertThat(folders.dataDir().resolve(file)).exists());
        assertThat(CONFIG)
                .allSatisfy(
                        file -> assertThat(folders.configDir().resolve(file)).exists());
        assertThat(files(folders.dataDir().resolve("metadata/library"))).isGreaterThan(10);
        assertThat(files(folders.logDir())).isPositive();
        assertThat(files(folders.cacheDir())).isPositive();
        try (var server = StandIn.in(folders).start(folder)) {
            assertThat(server.facts().users()).isEqualTo(1);
        }
    }

    @Test
    void theCommandLineKnowsTheLayoutsByName() {
        assertThat(parse("--layout", "official", "--root", "/r").folders().database())
                .hasToString("/r/data/jellyfin.db");
        assertThat(parse("--layout", "linuxserver", "--root", "/r").folders().database())
                .hasToString("/r/data/data/jellyfin.db");
        assertThat(parse("--data-dir", "/data", "--config-dir", "/config/config")
                        .folders()
                        .systemXml())
                .hasToString("/config/config/system.xml");
    }

    @Test
    void filesPutOneFolderTooDeepBringTheWizardBack() throws Exception {
        JellyfinFolders folders = Layout.ORIGINAL.in(folder);
        JellyfinFolders tooDeep = new JellyfinFolders(
                folder.resolve("deeper"),
                folders.configDir(),
                folder.resolve("deeper/log"),
                folder.resolve("deeper/cache"));
        try (var server = StandIn.in(folders).users(2).start(folder)) {
            server.stop(BOUND);
        }
        Files.createDirectories(tooDeep.databaseFolder());
        Files.move(folders.databaseFolder(), tooDeep.databaseFolder().resolve("data"));
        try (var server = StandIn.in(tooDeep).start(folder)) {
            assertThat(server.facts().users()).isZero();
        }
    }

    @Test
    void configurationPutIntoTheDataFolderIsRefused() throws Exception {
        JellyfinFolders folders = Layout.OFFICIAL.in(folder);
        try (var server = StandIn.in(folders).users(1).start(folder)) {
            server.stop(BOUND);
        }
        Files.copy(
                folders.configDir().resolve(".jellyfin-config"),
                folders.dataDir().resolve(".jellyfin-config"));
        try (var child = StandIn.in(folders).launch(folder)) {
            assertThat(child.awaitExit(BOUND)).isEqualTo(3);
            assertThat(child.tail(1))
                    .startsWith("The folder " + folders.dataDir() + " should be marked .jellyfin-data but holds ")
                    .endsWith(".jellyfin-config: files of another folder were put here.");
        }
    }

    @Test
    void aMalformedDatabaseIsRefused() throws Exception {
        JellyfinFolders folders = Layout.OFFICIAL.in(folder);
        try (var server = StandIn.in(folders).users(1).libraryMegabytes(1).start(folder)) {
            server.stop(BOUND);
        }
        byte[] whole = Files.readAllBytes(folders.database());
        Files.write(folders.database(), java.util.Arrays.copyOf(whole, whole.length / 2));
        refusesAsMalformed(folders);
        Files.write(folders.database(), "<html>no such blob</html>".repeat(500).getBytes(StandardCharsets.UTF_8));
        refusesAsMalformed(folders);
    }

    @Test
    void aServerUpToTenTenKeepsUsersAndLibraryInTwoDatabases() throws Exception {
        JellyfinFolders folders = Layout.OFFICIAL.in(folder);
        try (var server = StandIn.in(folders)
                .era(JellyfinEra.V10_10)
                .users(2)
                .libraryMegabytes(1)
                .writesPerSecond(-1)
                .start(folder)) {
            assertThat(server.get("/System/Info/Public")).contains("\"Version\":\"10.10.7\"");
            assertThat(server.facts().users()).isEqualTo(2);
            server.stop(BOUND);
        }
        StandInFacts atRest = StandInFacts.atRest(folders);
        assertThat(atRest.integrity()).isEqualTo("ok");
        assertThat(atRest.users()).isEqualTo(2);
        assertThat(atRest.items()).isPositive();
        assertThat(atRest.playStates()).isPositive();
        assertThat(atRest.sumHolds()).as("%s", atRest).isTrue();
        try (var connection = SqliteFile.openImmutable(folders.libraryDatabase())) {
            assertThat(SqliteFile.hasTable(connection, "TypedBaseItems")).isTrue();
            assertThat(SqliteFile.hasTable(connection, "Users")).isFalse();
        }
    }

    private void refusesAsMalformed(JellyfinFolders folders) {
        try (var child = StandIn.in(folders).launch(folder)) {
            assertThat(child.awaitExit(BOUND)).isEqualTo(3);
            assertThat(child.tail(1)).startsWith("The database " + folders.database() + " is malformed (");
        }
    }

    private static StandInOptions parse(String... arguments) {
        return StandInOptions.parse(List.of(arguments));
    }

    private static long files(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
