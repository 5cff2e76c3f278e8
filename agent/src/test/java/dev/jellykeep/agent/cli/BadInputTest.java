package dev.jellykeep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.azurite.Azurite;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad input at a prompt: the documented exit code, one line that says what, on what and what to do, soon, and nothing
/// touched.
class BadInputTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "c2VjcmV0LWtleQ==";

    @TempDir
    static Path work;

    private static Path store;
    private static Path root;

    /// @param says a part of the line
    record Case(String name, ExitCode code, String says, Change change, List<String> arguments) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Change {
        Cli apply(Cli cli);
    }

    private static Case bad(String name, ExitCode code, String says, String... arguments) {
        return new Case(name, code, says, cli -> cli, Arrays.asList(arguments));
    }

    private static Case bad(String name, ExitCode code, String says, Change change, String... arguments) {
        return new Case(name, code, says, change, Arrays.asList(arguments));
    }

    @BeforeAll
    static void oneGoodBackup() throws IOException {
        store = Files.createDirectories(work.resolve("store"));
        root = Files.createDirectories(work.resolve("root"));
        var _ = ServerData.copyTo(root);
        Cli.at(store, root)
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .run("backup")
                .expect(ExitCode.OK);
    }

    static Stream<Case> cases() {
        String nothing = work.resolve("nothing").toString();
        return Stream.of(
                bad("a command with a slip", ExitCode.USAGE, "did you mean restore?", "restor"),
                bad("unknown command", ExitCode.USAGE, "bakcup", "bakcup"),
                bad("unknown flag", ExitCode.USAGE, "--intervall", "backup", "--intervall", "5m"),
                bad("flag without value", ExitCode.USAGE, "--interval", "backup", "--interval"),
                bad("one name too many", ExitCode.USAGE, "second", "show", "first", "second"),
                bad("name missing", ExitCode.USAGE, "NAME", "show"),
                bad("interval without unit", ExitCode.USAGE, "--interval", "backup", "--interval", "5"),
                bad("negative interval", ExitCode.USAGE, "-1s", "backup", "--interval=-1s"),
                bad("interval in no unit", ExitCode.USAGE, "5x", "backup", "--interval", "5x"),
                bad("interval below the least", ExitCode.USAGE, "10ms", "backup", "--interval", "10ms"),
                bad("size in no unit", ExitCode.USAGE, "5Q", "backup", "--min-size", "5Q"),
                bad("no number", ExitCode.USAGE, "many", "prune", "--keep-last", "many"),
                bad("bad prefix", ExitCode.USAGE, "..", "list", "--prefix", "../up"),
                bad("bad glob", ExitCode.USAGE, "[", "backup", "--exclude", "["),
                bad("bad lineage", ExitCode.USAGE, "my-lineage", "list", "--lineage", "my-lineage"),
                bad("bad app", ExitCode.USAGE, "jellyfin", "init", "--app", "jellyfin"),
                bad("bad new app", ExitCode.USAGE, "jellyfin", "init", "--move-to", "jellyfin"),
                bad("bad choice", ExitCode.USAGE, "Maybe", "restore", "--on-no-backup", "Maybe"),
                bad("bad port", ExitCode.USAGE, "99999", "list", "--management-port", "99999"),
                bad("bad output", ExitCode.USAGE, "yaml", "list", "--output", "yaml"),
                bad("bad account", ExitCode.USAGE, "blob", "list", "--account-url", "blob"),
                bad(
                        "unknown variable",
                        ExitCode.USAGE,
                        "JELLYKEEP_INTERVALL",
                        with("JELLYKEEP_INTERVALL", "5m"),
                        "list"),
                bad(
                        "wrong variable",
                        ExitCode.USAGE,
                        "JELLYKEEP_INTERVAL",
                        with("JELLYKEEP_INTERVAL", "often"),
                        "list"),
                bad("wrong word to accept", ExitCode.USAGE, "SHRUNK", "backup", "--accept", "SHRUNK"),
                bad("reason that can't be accepted", ExitCode.USAGE, "NO_SPACE", "backup", "--accept", "NO_SPACE"),
                bad("no data folder", ExitCode.USAGE, "JELLYFIN_DATA_DIR", without("JELLYFIN_DATA_DIR"), "backup"),
                bad("backup of nothing", ExitCode.USAGE, nothing, "backup", "--data-dir", nothing),
                bad("restore into nothing", ExitCode.USAGE, nothing, "restore", "--data-dir", nothing),
                bad("folders on two roots", ExitCode.USAGE, "--config-dir", "backup", "--config-dir", "/proc"),
                bad(
                        "not Jellyfin's data",
                        ExitCode.UNKNOWN_DATA,
                        "--any-data",
                        "backup",
                        "--data-dir",
                        work.resolve("store").toString()),
                bad("no storage", ExitCode.USAGE, "JELLYKEEP_ACCOUNT_URL", without("JELLYKEEP_FOLDER"), "list"),
                bad("a store that isn't there", ExitCode.USAGE, nothing, "list", "--folder", nothing),
                bad(
                        "another lineage",
                        ExitCode.LINEAGE,
                        "lineage",
                        "list",
                        "--lineage",
                        "00000000-0000-5000-8000-000000000000"),
                bad(
                        "show of no archive",
                        ExitCode.NO_GOOD_ARCHIVE,
                        "backup-20200101000000",
                        "show",
                        "backup-20200101000000.tar.gz"),
                bad(
                        "verify of no archive",
                        ExitCode.NO_GOOD_ARCHIVE,
                        "backup-20200101000000",
                        "verify",
                        "backup-20200101000000.tar.gz"),
                bad(
                        "extract of no archive",
                        ExitCode.NO_GOOD_ARCHIVE,
                        "backup-20200101000000",
                        "extract",
                        "backup-20200101000000.tar.gz",
                        nothing),
                bad("promote of no archive", ExitCode.USAGE, "nowhere", "promote", "nowhere"),
                bad("drop of no fork", ExitCode.USAGE, "nowhere", "forks", "drop", "nowhere"),
                bad("forks with an unknown action", ExitCode.USAGE, "show, promote or drop", "forks", "delete", "it"),
                bad("drop of nothing in particular", ExitCode.USAGE, "needs the NAME", "forks", "drop"),
                bad(
                        "restore of no archive",
                        ExitCode.NO_GOOD_ARCHIVE,
                        "backup-20200101000000",
                        cli -> cli.with("JELLYFIN_DATA_DIR", emptyRoot()),
                        "restore",
                        "--archive",
                        "backup-20200101000000.tar.gz"),
                bad(
                        "nobody at the address",
                        ExitCode.STORE_UNREACHABLE,
                        "127.0.0.1",
                        cli -> azure(cli, "http://127.0.0.1:" + deadPort() + "/acc", SECRET),
                        "list"),
                bad(
                        "no such host",
                        ExitCode.STORE_UNREACHABLE,
                        "nowhere.invalid",
                        cli -> azure(cli, "https://acc.nowhere.invalid", SECRET),
                        "list"),
                bad(
                        "a key that is no key",
                        ExitCode.USAGE,
                        "AccountKey",
                        cli -> azure(cli, "http://127.0.0.1:10/acc", "!!not-base64!!"),
                        "list"));
    }

    private static String emptyRoot() {
        try {
            return Files.createDirectories(work.resolve("root/empty")).toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int deadPort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Change with(String name, String value) {
        return cli -> cli.with(name, value);
    }

    private static Change without(String name) {
        return cli -> cli.without(name);
    }

    private static Cli azure(Cli cli, String endpoint, String key) {
        return cli.without("JELLYKEEP_FOLDER")
                .with("JELLYKEEP_CONTAINER", "backups")
                .with(
                        "AZURE_STORAGE_CONNECTION_STRING",
                        "DefaultEndpointsProtocol=http;AccountName=acc;AccountKey=" + key + ";BlobEndpoint=" + endpoint
                                + ";");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void badInputIsSaidInOneLineAndTouchesNothing(Case bad) throws IOException {
        Cli cli = bad.change().apply(Cli.at(store, root));
        SortedMap<String, String> before = ServerData.tree(work);
        long began = System.nanoTime();
        Cli.Answer answer = cli.run(bad.arguments().toArray(String[]::new));
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(answer.code()).as(answer.err()).isEqualTo(bad.code());
        assertThat(answer.err().lines().toList()).as("one line").hasSize(1);
        assertThat(answer.err()).contains(bad.says()).hasSizeGreaterThan(30);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .doesNotContain(SECRET)
                .doesNotContain("!!not-base64!!")
                .doesNotContain("unexpected");
        assertThat(took).isLessThan(SOON);
        SortedMap<String, String> after = ServerData.tree(work);
        // A lock of ours and the report of a failed restore are all that may be new.
        after.keySet()
                .removeIf(path -> !before.containsKey(path)
                        && (path.contains(".jellykeep") || path.matches("store/status.*|store/[.].*")));
        assertThat(after).as("nothing is touched").isEqualTo(before);
    }

    @Nested
    class WithAzurite {
        private static Azurite azurite;

        @BeforeAll
        static void start() {
            Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite runs here");
            azurite = Azurite.start();
        }

        @AfterAll
        static void stop() {
            if (azurite != null) {
                azurite.close();
            }
        }

        private Cli at(String connectionString, String container) {
            return new Cli()
                    .with("AZURE_STORAGE_CONNECTION_STRING", connectionString)
                    .with("JELLYKEEP_CONTAINER", container)
                    .with("JELLYFIN_DATA_DIR", root.toString());
        }

        private static String wrongKey() {
            return azurite.connectionString().replaceFirst("AccountKey=[^;]*", "AccountKey=" + SECRET);
        }

        @Test
        void aContainerThatIsNotThereIsNamed() {
            Cli.Answer answer =
                    at(azurite.connectionString(), "missing").run("list").expect(ExitCode.USAGE);
            assertThat(answer.err().lines()).hasSize(1);
            assertThat(answer.err()).contains("missing");
        }

        @Test
        void aWrongKeyIsSaidWithoutSayingIt() {
            Cli.Answer answer =
                    at(wrongKey(), azurite.newContainer()).run("list").expect(ExitCode.ACCESS_DENIED);
            assertThat(answer.err().lines()).hasSize(1);
            assertThat(answer.err()).doesNotContain(SECRET).doesNotContain("AccountKey=");
        }

        @Test
        void aWrongSignatureIsSaidWithoutSayingIt() {
            String sas = "BlobEndpoint=" + azurite.endpoint()
                    + ";SharedAccessSignature=sv=2023-11-03&ss=b&srt=sco&sp=rwdlac&se=2099-01-01T00:00:00Z&sig=c2VjcmV0c2ln";
            Cli.Answer answer = at(sas, azurite.newContainer()).run("list").expect(ExitCode.ACCESS_DENIED);
            assertThat(answer.err().lines()).hasSize(1);
            assertThat(answer.err()).doesNotContain("c2VjcmV0c2ln").doesNotContain("sig=");
        }

        @Test
        void anInitContainerWithAWrongKeySaysSoOnEveryAttemptAndThenFails() {
            Cli.Answer answer = at(wrongKey(), azurite.newContainer())
                    .with("JELLYFIN_DATA_DIR", emptyRoot())
                    .with("JELLYKEEP_RESTORE_TIMEOUT", "4s")
                    .with("JELLYKEEP_HANDOFF_TIMEOUT", "1s")
                    .run("restore", "--init")
                    .expect(ExitCode.ACCESS_DENIED);
            List<String> lines = answer.err().lines().toList();
            assertThat(lines).hasSizeGreaterThanOrEqualTo(3);
            assertThat(lines.subList(0, lines.size() - 1))
                    .allSatisfy(line -> assertThat(line).contains("restore attempt failed"));
            assertThat(lines.getLast()).startsWith("JELLYKEEP RESTORE FAILED UNAUTHORIZED: ");
            assertThat(answer.err()).doesNotContain(SECRET);
        }
    }
}
