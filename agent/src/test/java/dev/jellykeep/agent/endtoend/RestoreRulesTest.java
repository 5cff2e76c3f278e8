package dev.jellykeep.agent.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What restore does and refuses to do, by the rules of the design's section on it. It fails closed.
class RestoreRulesTest {
    private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    private static final String APP =
            "/subscriptions/0/resourcegroups/rg/providers/microsoft.app/containerapps/jellyfin";

    @TempDir
    Path work;

    @Test
    void anEmptyContainerIsNotBelievedWhereALineageIsExpected() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL);
        site.run("restore", "--lineage", OTHER.toString())
                .is(ExitCode.LINEAGE)
                .says("LINEAGE_MISSING", "jellykeep init --lineage " + OTHER);
        assertThat(site.blobs("lineage")).isEmpty();
        assertThat(Files.exists(site.disk().resolve(".jellykeep/replica.json"))).isFalse();
    }

    @Test
    void anotherLineageThanTheExpectedOneIsRefused() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        site.run("restore", "--lineage", OTHER.toString()).is(ExitCode.LINEAGE).says("LINEAGE_MISSING");
        nothingRestored(site);
        site.run("restore", "--lineage", OTHER.toString(), "--accept", "LINEAGE")
                .ok();
    }

    @Test
    void anotherAppsLineageIsRefused() throws IOException {
        Installation site = Installation.in(work).filled();
        site.run("backup", "--app", APP).ok();
        site.loseDisk();
        site.run("restore", "--app", APP + "-2").is(ExitCode.LINEAGE).says("OTHER_APP", APP);
        nothingRestored(site);
        site.run("restore", "--app", APP).ok();
    }

    @Test
    void aDocumentOfANewerVersionIsNeitherReadNorReplaced() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        byte[] newer = "{\"format\": 2, \"anything\": true}".getBytes(UTF_8);
        site.store().put("lineage.json", newer, Map.of());
        site.run("restore").is(ExitCode.LINEAGE).says("LINEAGE_TOO_NEW");
        nothingRestored(site);
        assertThat(site.store().read("lineage.json").orElseThrow().content()).isEqualTo(newer);
    }

    @Test
    void anUnreadableDocumentIsSavedAsideAndRebuiltFromTheArchives() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL).savedAndLost();
        String head = site.head();
        byte[] torn = "{\"format\": 1, \"lineage\": ".getBytes(UTF_8);
        site.store().put("lineage.json", torn, Map.of());
        site.run("restore").ok().says("rebuilt from the archives", head);
        assertThat(site.head()).isEqualTo(head);
        assertThat(savedAside(site)).isEqualTo(torn);
    }

    /// The one document that is.
    private static byte[] savedAside(Installation site) {
        List<String> aside = site.blobs("lineage");
        aside.remove("lineage.json");
        assertThat(aside).hasSize(1);
        return site.store().read(aside.getFirst()).orElseThrow().content();
    }

    @Test
    void aDocumentOfAnySizeThatAStrangerWroteStopsNoServer() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL).savedAndLost();
        String head = site.head();
        byte[] oversized = new byte[BlobStore.SMALL + 1];
        site.store().put("lineage.json", oversized, Map.of());
        site.run("restore").ok().says("rebuilt from the archives", head);
        assertThat(site.head()).isEqualTo(head);
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
        assertThat(savedAside(site)).hasSize(BlobStore.SMALL);
    }

    @Test
    void aMissingDocumentIsRebuiltWhereArchivesOfOursAre() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        String head = site.head();
        site.store().delete("lineage.json");
        site.run("restore").ok().says("rebuilt from the archives");
        assertThat(site.head()).isEqualTo(head);
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
    }

    @Test
    void dataThatNoRestoreOfOursPutThereIsRefusedAndSetAsideOnlyWhenAskedFor() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        Files.createDirectories(site.folders().databaseFolder());
        Files.copy(Samples.server().resolve("data/jellyfin.db"), site.folders().database());
        Files.writeString(site.folders().dataDir().resolve("foreign"), "f");
        var before = Trees.picture(site.disk());
        site.run("restore").is(ExitCode.UNKNOWN_DATA).says("UNKNOWN_DATA", "init container");
        assertThat(Trees.picture(site.disk())).isEqualTo(before);
        site.run("restore", "--accept", "UNKNOWN_DATA").ok().says("set aside");
        assertThat(asideFiles(site)).contains("foreign", "jellyfin.db");
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
    }

    /// As a mount's seed, or a start that went no further, leaves it.
    @Test
    void anEmptyFileInThePlaceOfTheDatabaseStaysThere() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        Files.createDirectories(site.folders().databaseFolder());
        Files.createFile(site.folders().database());
        site.run("restore").ok();
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
    }

    @Test
    void aServerComesBackWithoutItsDatabaseSinceSomethingElseWasInItsPlace() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        Files.createDirectories(site.folders().databaseFolder());
        Files.writeString(site.folders().database(), "no database");
        var before = Trees.picture(site.disk());
        site.run("restore").is(ExitCode.UNKNOWN_DATA).says("is in the way of the database", "move it away");
        assertThat(Trees.picture(site.disk())).isEqualTo(before);
        Files.delete(site.folders().database());
        site.run("restore").ok();
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
    }

    @Test
    void unknownDataIsKeptWhereThereNeverWasABackup() throws IOException {
        Installation site = Installation.in(work).filled();
        var before = Trees.picture(site.disk());
        site.run("restore").ok().says("kept");
        assertThat(Trees.picture(site.disk())).isEqualTo(before);
        assertThat(site.identity().complete()).isTrue();
    }

    @Test
    void aLineageWithForksAloneIsLeftToAPerson() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        String head = site.head();
        byte[] content = site.store()
                .open(head, 0, site.store().facts(head).orElseThrow().length())
                .readAllBytes();
        var metadata = site.store().facts(head).orElseThrow().metadata();
        site.store().put("forks/" + OTHER + "/" + head, content, withEpochZero(metadata));
        site.store().delete(head);
        site.store().delete("lineage.json");
        site.run("restore").is(ExitCode.LINEAGE).says("FORKS_ONLY", "jellykeep promote");
        nothingRestored(site);
    }

    private static Map<String, String> withEpochZero(Map<String, String> metadata) {
        Map<String, String> fork = new java.util.HashMap<>(metadata);
        fork.put("epoch", "0");
        return fork;
    }

    @Test
    void aDamagedHeadGivesWayToTheNextOlderOneLoudly() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL).filled();
        site.run("backup").ok();
        String older = site.head();
        Files.writeString(site.folders().dataDir().resolve("news"), "n");
        site.run("backup").ok();
        String head = site.head();
        cutInHalf(site, head);
        site.loseDisk();
        site.run("restore").ok().says("archive can't be used", head);
        assertThat(site.identity().base()).isEqualTo(older);
        assertThat(site.head()).as("the head is not moved by a restore").isEqualTo(head);
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
    }

    private static void cutInHalf(Installation site, String name) throws IOException {
        var facts = site.store().facts(name).orElseThrow();
        byte[] half = site.store().open(name, 0, facts.length() / 2).readAllBytes();
        site.store().put(name, half, facts.metadata());
    }

    @Test
    void anArchiveWithUsersAndAnOpenWizardIsRestoredOnlyWhenAskedFor() throws IOException {
        Installation site = Installation.in(work).filled();
        Files.delete(site.folders().systemXml());
        site.run("backup", "--any-data").ok();
        site.loseDisk();
        site.run("restore").is(ExitCode.REFUSED).says("WIZARD", "--accept WIZARD");
        nothingRestored(site);
        site.run("restore", "--accept", "WIZARD").ok();
    }

    @Test
    void dataThatIsNewerThanTheAppIsRefusedWithTheLastArchiveThatFits() throws IOException, SQLException {
        Installation site = Installation.in(work).filled();
        site.run("backup").ok();
        String fitting = site.head();
        String newest;
        try (var database = SqliteFile.open(site.folders().database())) {
            newest = SqliteFile.text(database, "SELECT max(MigrationId) FROM __EFMigrationsHistory");
            SqliteFile.run(database, "INSERT INTO __EFMigrationsHistory VALUES ('29990101000000_Later', '99')");
        }
        site.run("backup").ok();
        assertThat(site.head()).isNotEqualTo(fitting);
        site.loseDisk();
        site.run("restore", "--app-migration", newest)
                .is(ExitCode.REFUSED)
                .says("APP_OLDER", "last archive that fits: " + fitting);
        nothingRestored(site);
        site.run("restore", "--app-migration", newest, "--archive", fitting).ok();
    }

    @Test
    void ourOwnDataIsKeptAndNothingIsTouched() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        site.run("restore").ok();
        Files.writeString(site.folders().dataDir().resolve("since"), "s");
        var before = Trees.picture(site.disk());
        var identity = site.identity();
        site.run("restore").ok().says("data kept");
        var after = Trees.picture(site.disk());
        // a look at the database leaves an empty log beside it
        after.keySet().removeIf(path -> path.matches("data/jellyfin[.]db-(wal|shm)"));
        assertThat(after).isEqualTo(before);
        assertThat(site.identity()).isEqualTo(identity);
    }

    @ParameterizedTest
    @CsvSource({"missing", "not a database"})
    void ourOwnDataWithoutItsDatabaseIsSetAsideAndRestored(String what) throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        site.run("restore").ok();
        var replica = site.identity().replica();
        Files.delete(site.folders().database());
        if (!what.equals("missing")) {
            Files.writeString(site.folders().database(), what.repeat(1000));
        }
        Files.writeString(site.folders().dataDir().resolve("since"), "s");
        site.run("restore").ok().says("set aside");
        assertThat(asideFiles(site)).contains("since", "system.xml");
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
        assertThat(site.identity().replica()).isNotEqualTo(replica);
    }

    @Test
    void aLogThatAnEarlierServerLeftIsNotPlayedIntoTheRestoredDatabase() throws IOException {
        Installation site = Installation.in(work);
        try (RunningStandIn server = site.server().users(2).walAutocheckpoint(0).start(work)) {
            site.run("backup").ok();
            server.createUser("after-the-backup");
            server.kill();
        }
        Path log = site.folders().database().resolveSibling("jellyfin.db-wal");
        byte[] stale = Files.readAllBytes(log);
        assertThat(stale).isNotEmpty();
        site.loseDisk();
        Files.createDirectories(site.folders().databaseFolder());
        for (String ending : List.of("-wal", "-shm", "-journal")) {
            Files.write(site.folders().database().resolveSibling("jellyfin.db" + ending), stale);
        }
        site.run("restore").ok();
        assertThat(log).doesNotExist();
        try (RunningStandIn server = site.server().start(work)) {
            assertThat(server.facts().users()).isEqualTo(2);
            server.kill();
        }
    }

    @Test
    void aPluginsRawDatabaseComesBackWithItsOwnLogAndNotWithAStaleOne() throws IOException {
        Installation site = Installation.in(work).filled();
        Path plugin = site.folders().databaseFolder().resolve("odd-plugin.db");
        Path log = plugin.resolveSibling("odd-plugin.db-wal");
        byte[] odd = java.util.Arrays.copyOf("SQLite format 3\0".getBytes(UTF_8), 8192);
        Files.write(plugin, odd);
        Files.writeString(log, "its own log");
        site.run("backup").ok();
        site.loseDisk();
        Files.createDirectories(log.getParent());
        Files.writeString(log, "a stale log");
        site.run("restore").ok();
        assertThat(plugin).hasBinaryContent(odd);
        assertThat(log).content().isEqualTo("its own log");
    }

    @Test
    void whatIsForeignInTheRootIsLeftAlone() throws IOException {
        Installation site = Installation.in(work).savedAndLost();
        Map<String, String> foreign = Map.of(
                "lost+found/note", "1", "media/film.mkv", "2", "config/branding.xml", "3", "data/readme.txt", "4");
        for (var file : foreign.entrySet()) {
            Path path = site.disk().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        site.run("restore").ok();
        for (var file : foreign.entrySet()) {
            assertThat(site.disk().resolve(file.getKey())).content().isEqualTo(file.getValue());
        }
        assertThat(site.facts().users()).isEqualTo(Samples.USERS);
    }

    @ParameterizedTest
    @CsvSource({"OFFICIAL, LINUXSERVER", "LINUXSERVER, OFFICIAL", "LINUXSERVER, ORIGINAL"})
    void anArchiveOfOneImageIsRestoredIntoTheLayoutOfAnother(Layout from, Layout to) throws IOException {
        Installation site = Installation.in(work, from);
        try (RunningStandIn server = site.server().users(2).start(work)) {
            site.run("backup").ok();
            server.kill();
        }
        Installation other = site.elsewhere("other-image", to);
        other.run("restore").ok();
        try (RunningStandIn server = other.server().start(work)) {
            assertThat(server.get("/")).endsWith("login");
            assertThat(server.facts().users()).isEqualTo(2);
            server.kill();
        }
    }

    private static void nothingRestored(Installation site) throws IOException {
        assertThat(Trees.picture(site.disk())).isEmpty();
    }

    private static List<String> asideFiles(Installation site) throws IOException {
        try (var all = Files.walk(site.disk().resolve(".jellykeep"))) {
            return all.filter(path -> path.toString().contains("/aside-"))
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }
}
