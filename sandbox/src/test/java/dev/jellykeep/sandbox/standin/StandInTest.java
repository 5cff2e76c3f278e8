package dev.jellykeep.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInTest {

    private static final Duration BOUND = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private JellyfinFolders folders;

    @BeforeEach
    void layout() {
        folders = JellyfinFolders.official(folder.resolve("config"));
    }

    @Test
    void itSaysThatItIsAStandIn() {
        try (var server = StandIn.in(folders).start(folder)) {
            assertThat(server.process().output()).startsWith("This is a stand-in for Jellyfin 10.11.11");
            assertThat(server.get("/System/Info/Public"))
                    .contains("\"ProductName\":\"Jellyfin Server (stand-in)\"")
                    .contains("\"Version\":\"10.11.11\"");
            assertThat(server.health()).hasValue("Healthy");
            assertThat(server.get("/System/Ping")).contains("stand-in");
        }
    }

    @Test
    void beforeTheWizardAnybodyMayCreateTheFirstUserAndAfterItNobodyMay() {
        try (var server = StandIn.in(folders).start(folder)) {
            assertThat(server.get("/System/Info/Public")).contains("\"StartupWizardCompleted\":false");
            assertThat(server.get("/")).endsWith("setup wizard");
            assertThat(server.get("/Users/Count")).isEqualTo("0");

            server.completeWizard("admin");

            assertThat(server.get("/System/Info/Public")).contains("\"StartupWizardCompleted\":true");
            assertThat(server.get("/")).endsWith("login");
            assertThat(server.facts().administrators()).isEqualTo(1);
            assertThat(server.status("POST", "/Startup/User", "{\"Name\":\"intruder\"}"))
                    .isEqualTo(401);
            assertThat(server.get("/Users/Count")).isEqualTo("1");
        }
    }

    @Test
    void aDatabaseWithoutItsSystemXmlIsAnOpenDoor() throws Exception {
        try (var server = StandIn.in(folders).users(2).start(folder)) {
            server.stop(BOUND);
        }
        java.nio.file.Files.delete(folders.systemXml());
        try (var server = StandIn.in(folders).start(folder)) {
            assertThat(server.facts().users()).isEqualTo(2);
            assertThat(server.status("GET", "/Startup/User", "")).isEqualTo(200);
        }
    }

    @Test
    void whileStartingItIsDegradedAndDeniesThatTheWizardWasCompleted() {
        try (var server = StandIn.in(folders).users(1).start(folder)) {
            server.stop(BOUND);
        }
        try (var server = StandIn.in(folders).startup(Duration.ofSeconds(2)).begin(folder)) {
            assertThat(server.health()).hasValue("Degraded");
            assertThat(server.get("/System/Info/Public")).contains("\"StartupWizardCompleted\":false");
            assertThat(server.status("GET", "/standin/facts", "")).isEqualTo(503);
            server.awaitUp(BOUND);
            assertThat(server.health()).hasValue("Healthy");
            assertThat(server.get("/System/Info/Public")).contains("\"StartupWizardCompleted\":true");
        }
    }

    @Test
    void aRestartSeesEverythingThatWasCommitted() {
        StandInFacts before;
        try (var server = StandIn.in(folders).users(3).libraryMegabytes(2).start(folder)) {
            server.createUser("user-4");
            before = server.facts();
            server.stop(BOUND);
        }
        assertThat(before.users()).isEqualTo(4);
        assertThat(before.items()).isPositive();
        assertThat(before.sumHolds()).isTrue();
        try (var server = StandIn.in(folders).start(folder)) {
            StandInFacts after = server.facts();
            assertThat(after.users()).isEqualTo(4);
            assertThat(after.items()).isEqualTo(before.items());
            assertThat(after.playStates()).isEqualTo(before.playStates());
            assertThat(after.serverId()).isEqualTo(before.serverId()).isNotEmpty();
            assertThat(after.lastCommitted()).isEqualTo(before.lastCommitted() + 3);
            assertThat(server.process().output()).contains("stand-in ready: 4 users, wizard completed: true");
        }
    }

    @Test
    void theSameSeedMakesTheSameContent() throws Exception {
        var other = JellyfinFolders.official(folder.resolve("other"));
        for (JellyfinFolders each : new JellyfinFolders[] {folders, other}) {
            try (var server =
                    StandIn.in(each).seed(42).users(2).libraryMegabytes(1).start(folder)) {
                server.stop(BOUND);
            }
        }
        // Ids and texts; the paths of images contain the root.
        for (String question : new String[] {
            "SELECT group_concat(Id || Name || Overview) FROM BaseItems",
            "SELECT group_concat(Id || Password) FROM Users",
            "SELECT group_concat(ItemId || UserId || PlaybackPositionTicks) FROM UserData"
        }) {
            assertThat(ask(other, question)).isEqualTo(ask(folders, question)).isNotEmpty();
        }
    }

    @Test
    void onPortsThatAreTakenItSaysSo() {
        try (var first = StandIn.in(folders).start(folder);
                var second = StandIn.in(JellyfinFolders.official(folder.resolve("second")))
                        .port(first.address().getPort())
                        .launch(folder.resolve("work"))) {
            assertThat(second.awaitExit(BOUND)).isEqualTo(3);
            assertThat(second.output()).containsPattern("Port \\d+ is taken");
        }
    }

    @Test
    void aBadCommandLineIsAnsweredWithOneSentence() {
        try (var child = dev.jellykeep.sandbox.process.JavaProcess.of(StandInMain.class)
                .classPath(org.sqlite.JDBC.class)
                .arguments("--layout", "flat", "--root", folder.toString())
                .start(folder, "stand-in")) {
            assertThat(child.awaitExit(BOUND)).isEqualTo(2);
            child.awaitLine(Pattern.compile("^--layout is flat: give official, linuxserver or original\\.$"), BOUND);
        }
    }

    private static String ask(JellyfinFolders folders, String question) throws Exception {
        try (var connection = dev.jellykeep.sandbox.sqlite.SqliteFile.openImmutable(folders.database())) {
            return dev.jellykeep.sandbox.sqlite.SqliteFile.text(connection, question);
        }
    }
}
