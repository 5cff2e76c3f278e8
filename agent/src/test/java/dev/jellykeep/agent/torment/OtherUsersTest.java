package dev.jellykeep.agent.torment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandInFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An agent beside a server of another user: after every backup and every restore the server may do what it could
/// before.
class OtherUsersTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Pattern READY = Pattern.compile("^stand-in ready: 2 users, wizard completed: true");

    /// Below a folder that is left out, which then comes back although the archive has no entry for it.
    private static final String KEPT = "data/backups/kept/by-name";

    @TempDir
    Path work;

    private Path volume;
    private Path programs;

    @BeforeEach
    void volume() throws IOException {
        Path trial = Files.createDirectory(work.resolve("trial"));
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(User.missing(trial).isEmpty(), () -> User.missing(trial).orElse(""));
        }
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        volume = shared("volume");
        Path _ = shared("store");
        programs = User.readable(Files.createDirectory(work.resolve("programs")));
    }

    @Test
    void aServerCanNoLongerWriteWhatItsRootAgentHasLookedAtOrRestored() throws Exception {
        play(0, 1000);
    }

    /// Besides, with `-Dtorments=all`.
    @ParameterizedTest(name = "agent as {0}, server as {1}")
    @CsvSource({"0, 0", "1000, 1000"})
    @EnabledIfSystemProperty(named = "torments", matches = "all")
    void aServerOfTheAgentsUserCanNoLongerWrite(int agentId, int serverId) throws Exception {
        play(agentId, serverId);
    }

    private void play(int agentId, int serverId) throws Exception {
        User agent = new User(agentId, programs, work);
        User server = new User(serverId, programs, work);
        JellyfinFolders folders = JellyfinFolders.official(volume);
        try (ChildProcess running =
                server.server(folders, "--users", "2", "--library-mb", "1", "--writes-per-second", "50")) {
            var _ = running.awaitLine(READY, BOUND);
            pluginData(folders, serverId);
            ends(agent, "backup", folders);
            assertThat(server.mayNot(volume)).isEmpty();
            stopped(running);
        }
        // looked at while nobody has it open, when whoever looks makes the files beside it
        ends(agent, "backup", folders);
        assertThat(server.mayNot(volume)).isEmpty();
        writes(server, folders);
        ends(agent, "backup", folders);
        SortedMap<String, String> owners = owners(volume);

        Workspace.deleteTree(volume);
        Path _ = shared("volume");
        ends(agent, "restore", folders);
        assertThat(server.mayNot(volume)).isEmpty();
        assertThat(owners(volume)).containsAllEntriesOf(owners);
        writes(server, folders);

        // folders of which the archive knows nothing
        JellyfinFolders otherImage = JellyfinFolders.linuxserver(shared("other"));
        ends(agent, "restore", otherImage);
        assertThat(server.mayNot(work.resolve("other"))).isEmpty();
        writes(server, otherImage);
    }

    /// What plugins and people leave: narrow permissions, another group, a database of its own at rest.
    private static void pluginData(JellyfinFolders folders, int owner) throws Exception {
        Path own = Files.createDirectories(folders.dataDir().resolve("plugins/own"));
        Path database = own.resolve("own.db");
        try (Connection connection = SqliteFile.open(database)) {
            SqliteFile.run(connection, "PRAGMA journal_mode = WAL");
            SqliteFile.run(connection, "CREATE TABLE t (a)");
        }
        Path secret = Files.writeString(own.resolve("secret"), "x");
        Files.createDirectory(own.resolve("empty"));
        Path kept = folders.dataDir().resolve(KEPT);
        Files.writeString(Files.createDirectories(kept.getParent()).resolve(kept.getFileName()), "x");
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-rw----"));
        for (Path top :
                List.of(folders.dataDir().resolve("plugins"), folders.dataDir().resolve("data/backups"))) {
            try (var all = Files.walk(top)) {
                for (Path each : all.toList()) {
                    Files.setAttribute(each, "unix:uid", owner);
                    Files.setAttribute(each, "unix:gid", owner);
                }
            }
        }
    }

    private void ends(User agent, String command, JellyfinFolders folders) {
        Map<String, String> environment = Map.of(
                "JELLYKEEP_FOLDER",
                work.resolve("store").toString(),
                "JELLYFIN_DATA_DIR",
                folders.dataDir().toString(),
                "JELLYFIN_CONFIG_DIR",
                folders.configDir().toString(),
                "JELLYKEEP_APP_HEALTH_URL",
                "none",
                "JELLYKEEP_INCLUDE",
                KEPT,
                "LC_ALL",
                "C.UTF-8");
        try (ChildProcess ended = agent.agent(environment, command)) {
            assertThat(ended.awaitExit(BOUND)).as(ended.output()).isZero();
        }
    }

    /// A server of this user comes up on the data, writes and ends without an error.
    private static void writes(User server, JellyfinFolders folders) throws Exception {
        try (ChildProcess running = server.server(folders, "--writes-per-second", "-1", "--shutdown-serve-ms", "300")) {
            var _ = running.awaitLine(READY, BOUND);
            stopped(running);
        }
        assertThat(StandInFacts.atRest(folders).integrity()).isEqualTo("ok");
    }

    private static void stopped(ChildProcess running) {
        assertThat(running.stop(BOUND)).as(running.tail(20)).isZero();
        assertThat(running.output()).doesNotContain("a write failed");
    }

    private static SortedMap<String, String> owners(Path root) throws IOException {
        SortedMap<String, String> owners = new TreeMap<>();
        try (var all = Files.walk(root)) {
            for (Path each : all.toList()) {
                String name = root.relativize(each).toString();
                boolean beside = name.endsWith("-wal") || name.endsWith("-shm");
                boolean left = name.startsWith("log/")
                        || name.startsWith("cache/")
                        || name.startsWith(".jellykeep")
                        || name.endsWith(".old");
                if (!name.isEmpty() && !beside && !left) {
                    owners.put(
                            name,
                            Files.readAttributes(each, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS)
                                    .toString());
                }
            }
        }
        return owners;
    }

    private Path shared(String name) throws IOException {
        Path folder = Files.createDirectories(work.resolve(name));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        return folder;
    }
}
