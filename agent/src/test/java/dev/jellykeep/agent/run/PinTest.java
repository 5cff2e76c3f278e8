package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.sandbox.demo.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Going back on purpose: an older archive, once.
@Execution(ExecutionMode.CONCURRENT)
class PinTest {
    @TempDir
    Path work;

    private Stage stage;
    private String good;
    private String mistaken;

    /// Two archives; what the second one holds is what somebody wants to get rid of.
    @BeforeEach
    void twoArchives() throws IOException {
        stage = Stage.withFolder(work)
                .with("JELLYKEEP_INTERVAL", "1h")
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .with("JELLYKEEP_HANDOFF_TIMEOUT", "10s")
                .with("JELLYKEEP_RESTORE_TIMEOUT", "20s");
        var folders = ServerData.copyTo(stage.folders.dataDir());
        try (var agent = stage.run()) {
            stage.awaitHistory(1, agent);
            good = head();
            ServerData.touch(folders, "a mistake");
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        mistaken = head();
        assertThat(mistaken).isNotEqualTo(good);
    }

    @Test
    void thePinnedArchiveComesBackOnceAndWhatIsWrittenThenIsNotUndoneByTheNextColdStart() throws IOException {
        assertThat(stage.cli().run("pin", good).expect(ExitCode.OK).out()).contains("restores " + good + ", once");
        assertThat(stage.cli().run("status").expect(ExitCode.OK).out()).contains(good + " (pinned, once)");
        Stage second = coldStart();
        assertThat(note(second)).doesNotExist();
        assertThat(stage.document().holds()).as("kept from pruning").contains(good);

        ServerData.touch(second.folders, "today");
        try (var agent = second.run("second")) {
            Stage.line(agent, "backup is the head");
            assertThat(agent.stop(Stage.BOUND)).isZero();
        }
        assertThat(stage.document().pin()).isNotNull();
        assertThat(stage.document().holds()).isEmpty();
        assertThat(stage.document().forks())
                .as("what was gone back from is kept")
                .anySatisfy(fork -> assertThat(fork.archives())
                        .anySatisfy(each -> assertThat(each.name()).isEqualTo(mistaken)));

        assertThat(note(coldStart())).hasContent("today");
        assertThat(stage.cli().run("pin").expect(ExitCode.OK).out()).contains("counts no more");
    }

    @Test
    void untilARestoredServerHasBeenSavedEachNewReplicaRestoresThePinnedArchive() throws IOException {
        stage.cli().run("pin", good).expect(ExitCode.OK);
        assertThat(note(coldStart())).doesNotExist();
        assertThat(note(coldStart())).doesNotExist();
        assertThat(stage.cli().run("pin", "--clear").expect(ExitCode.OK).out()).contains("taken back");
        assertThat(stage.document().holds()).isEmpty();
        assertThat(note(coldStart())).hasContent("a mistake");
    }

    @Test
    void aWishThatCannotBeFulfilledIsNotPassedOver() throws IOException {
        put(new Pin("backup-20200101000000.tar.gz", "token", List.of()).toBytes());
        refused(ExitCode.NO_GOOD_ARCHIVE, "jellykeep pin --clear");
        put("{\"format\": 2}".getBytes(StandardCharsets.UTF_8));
        refused(ExitCode.USAGE, "use a newer jellykeep");
        put(new Pin(good, "token", List.of("IO")).toBytes());
        refused(ExitCode.USAGE, "is not a reason that can be overruled");
    }

    @Test
    void aPinOfNothingIsRefusedBeforeAnythingIsWritten() {
        stage.cli().run("pin", "backup-20200101000000.tar.gz").expect(ExitCode.USAGE);
        stage.cli().run("pin", good, "--clear").expect(ExitCode.USAGE);
        assertThat(stage.store.read(BlobLayout.RESTORE)).isEmpty();
    }

    private void put(byte[] content) {
        String _ = stage.store.put(BlobLayout.RESTORE, content, Map.of());
    }

    private void refused(ExitCode code, String words) {
        Stage second = stage.second();
        assertThat(second.cli().run("restore").expect(code).err()).contains(words);
        assertThat(second.folders.databaseFolder()).doesNotExist();
    }

    private Stage coldStart() throws IOException {
        Path folder = work.resolve("second");
        if (Files.exists(folder)) {
            Trees.delete(folder);
        }
        Stage second = stage.second();
        second.cli().run("restore", "--init").expect(ExitCode.OK);
        return second;
    }

    private static Path note(Stage replica) {
        return replica.folders.configDir().resolve("note.xml");
    }

    private String head() {
        return stage.document().head().orElseThrow().name();
    }
}
