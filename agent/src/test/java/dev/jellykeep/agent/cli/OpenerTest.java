package dev.jellykeep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// A server that is older than its data is stopped before it opens them, and no other one is.
@Execution(ExecutionMode.CONCURRENT)
class OpenerTest {
    private static final String REVISION = "jellyfin--0000007";

    @TempDir
    Path work;

    private BlobStore store;
    private Path folder;
    private Cli cli;
    private Cli replica;
    private String old;
    private String migrated;

    /// An archive of 10.10's, and one of what 10.11 made of it.
    @BeforeEach
    void twoArchives() throws IOException, SQLException {
        folder = Files.createDirectories(work.resolve("store"));
        store = FolderStore.open(folder);
        JellyfinFolders data = ServerData.copyTo(Files.createDirectories(work.resolve("root")));
        cli = Cli.at(folder, data.dataDir()).with("JELLYKEEP_APP_HEALTH_URL", "none");
        try (var database = SqliteFile.open(data.database())) {
            SqliteFile.run(database, "DELETE FROM __EFMigrationsHistory WHERE MigrationId > '20240928082930'");
            SqliteFile.run(database, "INSERT INTO __EFMigrationsHistory VALUES ('20240928082930_Tenth', '8')");
            cli.run("backup").expect(ExitCode.OK);
            old = head();
            SqliteFile.run(database, "INSERT INTO __EFMigrationsHistory VALUES ('20251009200000_Eleventh', '9')");
        }
        cli.run("backup").expect(ExitCode.OK);
        migrated = head();
        replica = Cli.at(folder, Files.createDirectories(work.resolve("replica")))
                .with("CONTAINER_APP_REVISION", REVISION);
    }

    @Test
    void anOlderImageIsStoppedWhereItsRevisionIsKnownAndTheLastFittingArchiveIsNamed() {
        tell("10.10.7");
        assertThat(replica.run("restore").expect(ExitCode.REFUSED).err())
                .contains("APP_OLDER_THAN_DATA", migrated, "last archive that fits: " + old, "jellykeep pin " + old);
        assertThat(work.resolve("replica/data")).doesNotExist();
        cli.run("pin", "--fits", "10.10.7").expect(ExitCode.OK);
        assertThat(replica.run("restore").expect(ExitCode.OK).err()).contains(old);
    }

    @Test
    void theImageThatWroteTheDataIsNotStoppedWhateverAnOutdatedVariableSays() {
        replica.with("JELLYKEEP_APP_VERSION", "10.10.7");
        assertThat(replica.run("restore").expect(ExitCode.OK).err()).contains("that may be outdated", migrated);
    }

    @Test
    void whatIsWrittenOfTheRevisionCountsMoreThanAVariable() {
        tell("10.11.3");
        assertThat(replica.with("JELLYKEEP_APP_VERSION", "10.10.7")
                        .run("restore")
                        .expect(ExitCode.OK)
                        .err())
                .doesNotContain("outdated");
    }

    @Test
    void aVersionOfAnotherRevisionStopsNobody() {
        String _ = store.put(
                BlobLayout.APP,
                RevisionVersions.none()
                        .with(Map.of("jellyfin--0000006", "10.10.7"))
                        .toBytes(),
                Map.of());
        replica.run("restore").expect(ExitCode.OK);
    }

    @Test
    void aPersonMayOverruleItForOneRestore() {
        tell("10.10.7");
        cli.run("pin", migrated, "--accept", "APP_OLDER").expect(ExitCode.OK);
        replica.run("restore").expect(ExitCode.OK);
    }

    @Test
    void atAPromptAPersonsWordForTheVersionCounts() throws IOException {
        Cli byHand = Cli.at(folder, Files.createDirectories(work.resolve("by-hand")));
        byHand.run("restore", "--app-version", "10.10.7").expect(ExitCode.REFUSED);
        byHand.run("restore", "--app-version", "10.11.3").expect(ExitCode.OK);
    }

    @Test
    void archivesThatFitAVersionAreListedAndTheNewestOfThemIsPinned() {
        assertThat(cli.run("list", "--fits", "10.10.7").out()).contains(old).doesNotContain(migrated);
        assertThat(cli.run("list", "--fits", "10.11.3").out()).contains(old, migrated);
        assertThat(cli.run("list", "--fits", "10.9.11").out()).contains("no archives that surely fit");
        for (String wrong : new String[] {"10.11", "12.0.0"}) {
            cli.run("list", "--fits", wrong).expect(ExitCode.USAGE);
            cli.run("pin", "--fits", wrong).expect(ExitCode.USAGE);
        }
        cli.run("pin", "--fits", "10.9.11").expect(ExitCode.NO_GOOD_ARCHIVE);
        assertThat(cli.run("pin", "--fits", "10.10.7").expect(ExitCode.OK).out())
                .contains(old);
    }

    @Test
    void theNewestArchiveBeforeAMigrationOutlivesAllThatWereMadeSince() throws IOException {
        for (String rule : new String[] {"DAILY", "WEEKLY", "MONTHLY"}) {
            cli.with("JELLYKEEP_KEEP_" + rule, "0");
        }
        cli.with("JELLYKEEP_KEEP_LAST", "1").with("JELLYKEEP_KEEP_MINIMUM", "1");
        for (int i = 0; i < 3; i++) {
            ServerData.touch(JellyfinFolders.official(work.resolve("root")), "change " + i);
            cli.run("backup").expect(ExitCode.OK);
        }
        assertThat(cli.run("prune").expect(ExitCode.OK).out())
                .contains(migrated)
                .doesNotContain(old);
        assertThat(cli.run("show", old).out()).contains("newest before the migration");
        cli.run("verify", old).expect(ExitCode.OK);
    }

    private void tell(String version) {
        String _ = store.put(
                BlobLayout.APP,
                RevisionVersions.none().with(Map.of(REVISION, version)).toBytes(),
                Map.of());
    }

    private String head() {
        return cli.run("status", "--output", "json")
                .out()
                .replaceAll("(?s).*\"wouldRestore\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }
}
