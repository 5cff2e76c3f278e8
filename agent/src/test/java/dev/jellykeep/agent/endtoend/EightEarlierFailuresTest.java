package dev.jellykeep.agent.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.sandbox.original.OriginalSetUp;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.sandbox.standin.StandInFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each failure that the hand-written scripts had, by its number in the design.
class EightEarlierFailuresTest {
    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    Path work;

    @Test
    void failure1UsersThatWereOnlyInTheLogAreInTheRestoredDatabase() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL);
        try (RunningStandIn server = site.server().users(3).walAutocheckpoint(0).start(work)) {
            assertThat(site.facts().users())
                    .as("users in the database file alone")
                    .isZero();
            site.run("backup").ok();
            server.kill();
        }
        site.loseDisk();
        site.run("restore").ok();
        assertThat(site.facts().users()).isEqualTo(3);
        assertThat(site.facts().integrity()).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource
    void failure2FilesLieWhereTheServerLooksForThemSoTheWizardDoesNotComeBack(Layout layout) throws IOException {
        Installation site = Installation.in(work, layout);
        try (RunningStandIn server = site.server().users(2).start(work)) {
            site.run("backup").ok();
            server.kill();
        }
        site.loseDisk();
        site.run("restore").ok();
        assertThat(site.folders().database()).isRegularFile();
        assertThat(site.folders().systemXml()).isRegularFile();
        comesUpWithLogin(site, 2);
    }

    @Test
    void failure3HiddenFilesAndEmptyFoldersComeBack() throws IOException {
        Installation site = Installation.in(work).filled();
        Path data = site.folders().dataDir();
        write(data.resolve(".hidden"), "h");
        write(data.resolve("plugins/.config/.settings"), "s");
        Files.createDirectories(data.resolve("data/playlists/empty/emptier"));
        Files.createDirectories(data.resolve(".empty-and-hidden"));
        Files.setPosixFilePermissions(data.resolve(".hidden"), PosixFilePermissions.fromString("rw-r-----"));
        site.run("backup").ok();
        var before = Trees.picture(site.disk());
        site.loseDisk();
        site.run("restore").ok();
        assertThat(before)
                .containsKeys("data/playlists/empty/emptier", ".empty-and-hidden", "plugins/.config/.settings");
        before.keySet().removeIf(path -> path.matches("(log|cache)/.*|data/[^/]*[.]db.*"));
        var after = Trees.picture(site.disk());
        after.keySet().removeIf(path -> path.matches("data/[^/]*[.]db.*"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    void failure4OddNamesAreNamesAndNeverCommandsOrJson() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL).filled();
        List<String> odd = List.of(
                "[{\"name\": \"backup-20990101000000.tar.gz\"}]",
                "$(touch HARM)",
                "`touch HARM`; touch HARM",
                "-rf",
                "two\nlines",
                "quote\" and ' and \\",
                "*",
                "ünï—コード");
        for (String name : odd) {
            write(site.folders().dataDir().resolve("metadata").resolve(name), name);
        }
        site.store().put("[{\"name\": \"backup-20990101000000.tar.gz\"}]", "{}".getBytes(UTF_8), Map.of());
        site.store().put("backup-$(touch HARM).tar.gz", new byte[133], Map.of());
        site.run("backup").ok();
        String head = site.head();
        site.loseDisk();
        site.run("restore").ok().says(head);
        for (String name : odd) {
            assertThat(site.folders().dataDir().resolve("metadata").resolve(name))
                    .content()
                    .isEqualTo(name);
        }
        assertThat(Trees.picture(work).keySet()).noneMatch(path -> path.endsWith("/HARM"));
    }

    @Test
    void failure5ARestoreThatCannotSucceedSaysWhyOnEveryAttemptAndInTheStore() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL).savedAndLost();
        String head = site.head();
        site.store()
                .put(head, new byte[133], site.store().facts(head).orElseThrow().metadata());
        Said said = site.run("restore", "--init", "--restore-timeout", "2s", "--handoff-timeout", "1s");
        said.is(ExitCode.NO_GOOD_ARCHIVE).says("restore attempt failed", head);
        assertThat(said.err().lines().toList().getLast()).startsWith("JELLYKEEP RESTORE FAILED NO_GOOD_ARCHIVE: ");
        assertThat(site.blobs("status/")).anySatisfy(name -> {
            ReplicaReport report = ReplicaReport.parse(
                            site.store().read(name).orElseThrow().content())
                    .orElseThrow();
            assertThat(report.phase()).isEqualTo("restore-failed");
            assertThat(Objects.requireNonNull(report.restore()).detail())
                    .startsWith("NO_GOOD_ARCHIVE: ")
                    .contains(head);
        });
        assertThat(Trees.picture(site.disk())).isEmpty();
    }

    @Test
    void failure6AFolderThatTheAppHasNotWrittenToIsNeverSaved() throws IOException {
        Installation site = Installation.in(work);
        site.run("backup").is(ExitCode.UNKNOWN_DATA).says("NOT_JELLYFIN");
        assertThat(site.archives()).isEmpty();
    }

    @Test
    void failure6AServerThatNobodyHasSetUpIsNeverSaved() throws IOException {
        Installation site = Installation.in(work);
        try (RunningStandIn server = site.server().start(work)) {
            site.run("backup").is(ExitCode.REFUSED).says("NO_USER");
            server.completeWizard("admin");
            site.run("backup", "--min-size", "100Mi").is(ExitCode.REFUSED).says("MIN_SIZE");
            assertThat(site.archives()).as("archives before").isEmpty();
            site.run("backup").ok();
            server.kill();
        }
        assertThat(site.archives()).containsExactly(site.head());
    }

    @Test
    void failure6ArchivesOf133BytesAreSkippedForTheGoodOneBelow() throws IOException {
        Installation site = Installation.in(work);
        OriginalSetUp original = Samples.original();
        Blobs.upload(site.store(), original.only(List.of(OriginalSetUp.GOOD.getFirst())));
        Blobs.upload(site.store(), original.only(OriginalSetUp.EMPTY));
        site.run("restore").ok();
        assertThat(site.head()).isEqualTo(OriginalSetUp.GOOD.getFirst());
        assertThat(site.facts().users()).isEqualTo(2);
    }

    @Test
    void failure7TheWizardsFlagComesBackWithTheDatabase() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        site.run("restore").ok();
        assertThat(site.facts().wizardCompleted()).isTrue();
        comesUpWithLogin(site, Samples.USERS);
    }

    @Test
    void failure7ADatabaseWithoutItsFlagIsNotSavedAndNotRestored() throws IOException {
        Installation site = Installation.in(work).filled();
        Path flag = site.folders().systemXml();
        Files.writeString(flag, Files.readString(flag).replace(">true</IsStartupWizard", ">false</IsStartupWizard"));
        assertThat(site.facts().wizardCompleted()).as("the flag").isFalse();
        site.run("backup").is(ExitCode.REFUSED).says("WIZARD");
        Files.delete(flag);
        site.run("backup").is(ExitCode.REFUSED).says("WIZARD");
        assertThat(site.archives()).isEmpty();
    }

    @Test
    void failure7AnOldArchiveWithoutConfigurationGetsTheSmallestOneThatKeepsTheDoorShut() throws IOException {
        Installation site = Installation.in(work, Layout.ORIGINAL);
        Blobs.upload(site.store(), Samples.original().only(List.of(OriginalSetUp.GOOD.getLast())));
        site.run("restore").ok().says("minimal system.xml");
        comesUpWithLogin(site, 3);
    }

    @Test
    void failure8NothingIsLostWhenThePlatformScalesToZero() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL)
                .set("JELLYKEEP_INTERVAL", "4h")
                .set("JELLYKEEP_INITIAL_DELAY", "4h")
                .set("JELLYKEEP_POLL", "1s")
                .set("JELLYKEEP_MANAGEMENT_PORT", "0");
        site.run("init").ok();
        site.run("restore").ok();
        long last;
        try (RunningStandIn server = site.server().users(2).writesPerSecond(100).start(work)) {
            site.set("JELLYKEEP_APP_HEALTH_URL", server.healthUrl().toString());
            try (ChildProcess agent = site.start("run")) {
                Eventually.holds(
                        "the agent holds the lineage",
                        BOUND,
                        () -> site.document().holder() != null);
                server.createUser("user-3");
                assertThat(site.archives()).as("archives before the end").isEmpty();
                agent.terminate();
                last = server.stop(BOUND);
                assertThat(agent.awaitExit(BOUND)).isZero();
            }
        }
        assertThat(site.archives()).as("archives after the end").isNotEmpty();
        assertThat(site.document().sealed()).isTrue();
        site.loseDisk();
        site.run("restore").ok();
        StandInFacts facts = site.facts();
        assertThat(facts.lastCommitted()).isEqualTo(last);
        assertThat(facts.users()).isEqualTo(3);
        assertThat(facts.sumHolds()).isTrue();
    }

    private void comesUpWithLogin(Installation site, int users) {
        try (RunningStandIn server = site.server().start(work)) {
            assertThat(server.get("/")).endsWith("login");
            assertThat(server.get("/System/Info/Public")).contains("\"StartupWizardCompleted\":true");
            assertThat(server.status("POST", "/Startup/User", "{\"Name\":\"intruder\"}"))
                    .isEqualTo(401);
            assertThat(server.facts().users()).isEqualTo(users);
            assertThat(server.process().tail(50)).doesNotContainPattern(Pattern.compile("(?i)exception"));
            server.kill();
        }
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
