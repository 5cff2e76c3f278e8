package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.sandbox.original.OriginalSetUp;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.sandbox.standin.StandInFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The container that the hand-written scripts left behind becomes a lineage.
class AdoptionTest {
    private static final String NEWEST_GOOD_TARBALL = OriginalSetUp.GOOD.getLast();
    private static final List<String> BAD_TARBALLS = badTarballs();

    @TempDir
    Path work;

    @ParameterizedTest
    @EnumSource
    void theNewestGoodArchiveComesBackWithItsLogAndTheBadOnesAreNamed(Layout layout) throws IOException {
        Installation site = Installation.in(work, layout);
        Blobs.upload(site.store(), tarballs());
        Said said = site.run("restore").ok();
        for (String bad : BAD_TARBALLS) {
            said.says(bad);
        }
        said.says("it holds no database", "holds no administrator", "minimal system.xml");
        assertThat(detail(site)).contains(BAD_TARBALLS).contains("system.xml synthesised");
        assertThat(site.head()).isEqualTo(NEWEST_GOOD_TARBALL);
        StandInFacts facts = site.facts();
        assertThat(facts.integrity()).isEqualTo("ok");
        assertThat(facts.users()).as("users, which were in the log").isEqualTo(3);
        assertThat(facts.items()).isPositive();
        assertThat(sidesOf(site.folders().database())).isEmpty();
        comesUpWithLogin(site, 3);
    }

    @Test
    void aFolderWithOneBlobForEachFileIsAdoptedWhereItIsTheNewestGood() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.ORIGINAL);
        Blobs.upload(site.store(), Samples.original().blobs());
        site.run("restore").ok().says(OriginalSetUp.EMPTY.toArray(String[]::new));
        assertThat(site.head()).isEqualTo(OriginalSetUp.FOLDER.replace("/", ""));
        comesUpWithLogin(site, OriginalSetUp.USERS);
    }

    @Test
    void aPluginsBrokenDatabaseCostsTheUsersTheirNewestArchive() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.ORIGINAL);
        byte[] broken = new byte[5000];
        System.arraycopy("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII), 0, broken, 0, 16);
        byte[] log = new byte[5000];
        log[0] = 1;
        Map<String, byte[]> blobs = new TreeMap<>(Samples.original().blobs());
        blobs.put(OriginalSetUp.FOLDER + "plugin.db", broken);
        blobs.put(OriginalSetUp.FOLDER + "plugin.db-wal", log);
        Blobs.upload(site.store(), blobs);
        site.run("restore").ok().says("can't be recovered", "plugin.db");
        assertThat(site.head()).isEqualTo(OriginalSetUp.FOLDER.replace("/", ""));
        Path plugin = site.folders().database().resolveSibling("plugin.db");
        assertThat(plugin).hasBinaryContent(broken);
        assertThat(plugin.resolveSibling("plugin.db-wal")).hasBinaryContent(log);
        comesUpWithLogin(site, OriginalSetUp.USERS);
    }

    @Test
    void anAdoptedArchiveIsTheBaseOfTheNextBackupAndComesBackAfterIt() throws IOException {
        Installation site = Installation.in(work);
        Blobs.upload(site.store(), tarballs());
        site.run("restore").ok();
        site.run("backup").ok();
        assertThat(site.document().history()).hasSize(2);
        site.loseDisk();
        site.run("restore").ok().says(site.head());
        assertThat(site.facts().users()).isEqualTo(3);
    }

    @Test
    void onlyBadArchivesEndWithNoGoodArchiveAndStartEmptyOnlyWhenAskedFor() throws IOException {
        Installation site = Installation.in(work);
        Blobs.upload(site.store(), Samples.original().only(BAD_TARBALLS));
        site.run("restore").is(ExitCode.NO_GOOD_ARCHIVE).says("NO_GOOD_ARCHIVE");
        assertThat(Trees.picture(site.disk())).isEmpty();
        assertThat(site.document().hasNoArchives()).isTrue();
        site.run("restore", "--accept", "NO_GOOD_ARCHIVE").ok().says("starting empty");
    }

    @Test
    void archivesOf133BytesAloneAreNoBackupSoTheAppStartsEmpty() throws IOException {
        Installation site = Installation.in(work);
        Blobs.upload(site.store(), Samples.original().only(OriginalSetUp.EMPTY));
        site.run("restore").ok().says("there never was a backup: starting empty");
        assertThat(site.identity().complete()).isTrue();
        assertThat(site.document().hasNoArchives()).isTrue();
    }

    @Test
    void archivesOf133BytesDoNotLetAnAppStartEmptyThatMustNot() throws IOException {
        Installation site = Installation.in(work).set("JELLYKEEP_ON_NO_BACKUP", "Fail");
        Blobs.upload(site.store(), Samples.original().only(OriginalSetUp.EMPTY));
        site.run("restore").is(ExitCode.NO_GOOD_ARCHIVE).says("NO_BACKUP");
    }

    @Test
    void initAdoptsAndNamesTheBadOnes() throws IOException {
        Installation site = Installation.onAzurite(work, Layout.OFFICIAL);
        Blobs.upload(site.store(), tarballs());
        Said said = site.run("init").ok().says(NEWEST_GOOD_TARBALL + ": good");
        for (String bad : BAD_TARBALLS) {
            said.says(bad + ": ");
        }
        assertThat(site.head()).isEqualTo(NEWEST_GOOD_TARBALL);
        site.run("restore").ok();
        comesUpWithLogin(site, 3);
    }

    @Test
    void verifyAdoptsIntoALineageThatNeverHadAHeadAndOnlyThere() throws IOException {
        Installation site = Installation.in(work);
        site.run("init").ok();
        Blobs.upload(site.store(), tarballs());
        site.run("verify", "--adopt").ok().says(NEWEST_GOOD_TARBALL + ": good", "NOT USABLE", "not a backup");
        assertThat(site.head()).isEqualTo(NEWEST_GOOD_TARBALL);
        site.run("verify", "--adopt").is(ExitCode.USAGE).says("has archives already");
    }

    @Test
    void verifySaysOfEveryArchiveWhatItIs() throws IOException {
        Installation site = Installation.in(work);
        Blobs.upload(site.store(), Samples.original().blobs());
        Said said = site.run("verify", "--all").is(ExitCode.NO_GOOD_ARCHIVE);
        said.says(OriginalSetUp.GOOD.getFirst() + ": good, ", NEWEST_GOOD_TARBALL + ": good, ");
        said.says(OriginalSetUp.FOLDER.replace("/", "") + ": good, ");
        for (String bad : BAD_TARBALLS) {
            said.says(bad + ": NOT USABLE, ");
        }
    }

    private static String detail(Installation site) {
        ReplicaReport report = site.store()
                .read("status/" + site.identity().replica() + ".json")
                .flatMap(blob -> ReplicaReport.parse(blob.content()))
                .orElseThrow();
        return String.valueOf(Objects.requireNonNull(report.restore()).detail());
    }

    private void comesUpWithLogin(Installation site, int users) {
        try (RunningStandIn server = site.server().start(work)) {
            assertThat(server.get("/")).endsWith("login");
            assertThat(server.facts().users()).isEqualTo(users);
            assertThat(server.facts().administrators()).isEqualTo(1);
            server.kill();
        }
    }

    private static List<Path> sidesOf(Path database) throws IOException {
        List<Path> sides = new ArrayList<>();
        for (String ending : List.of("-wal", "-shm", "-journal")) {
            Path side = database.resolveSibling(database.getFileName() + ending);
            if (Files.exists(side)) {
                sides.add(side);
            }
        }
        return sides;
    }

    private static Map<String, byte[]> tarballs() throws IOException {
        List<String> names = new ArrayList<>(BAD_TARBALLS);
        names.addAll(OriginalSetUp.GOOD);
        return Samples.original().only(names);
    }

    private static List<String> badTarballs() {
        List<String> names = new ArrayList<>(OriginalSetUp.EMPTY);
        names.add(OriginalSetUp.TRUNCATED);
        names.add(OriginalSetUp.WITHOUT_USER);
        return names;
    }
}
