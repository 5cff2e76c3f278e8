package dev.jellykeep.agent.prune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `control/rollout.json` may name archives that stay, and anybody who may write to the container may spoil it.
class DamagedRolloutTest {
    private static final int MORE_THAN_IS_READ = 9 << 20;

    @TempDir
    Path work;

    private Path rollout;
    private Cli cli;

    @BeforeEach
    void threeArchives() throws IOException {
        Path store = Files.createDirectories(work.resolve("store"));
        JellyfinFolders folders = ServerData.copyTo(Files.createDirectories(work.resolve("root")));
        rollout = Files.createDirectories(store.resolve("control")).resolveSibling(BlobLayout.ROLLOUT);
        cli = Cli.at(store, folders.dataDir())
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .with("JELLYKEEP_KEEP_LAST", "1")
                .with("JELLYKEEP_KEEP_MINIMUM", "1");
        for (String rule : List.of("DAILY", "WEEKLY", "MONTHLY")) {
            cli = cli.with("JELLYKEEP_KEEP_" + rule, "0");
        }
        for (int i = 0; i < 3; i++) {
            ServerData.touch(folders, "words " + i);
            cli.run("backup").expect(ExitCode.OK);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "garbage", "{\"archives\": \"all\"}", "{\"archives\": [\"backup-20"})
    void anArchiveThatItMayNameIsPruned(String damaged) throws IOException {
        Files.writeString(rollout, damaged);
        allStay();
    }

    @Test
    void anArchiveThatItMayNameIsPrunedSinceItIsTooLargeToRead() throws IOException {
        Files.writeString(rollout, "{\"archives\": []," + " ".repeat(MORE_THAN_IS_READ) + "}");
        allStay();
    }

    private void allStay() throws IOException {
        Cli.Answer answer = cli.run("prune").expect(ExitCode.OK);
        assertThat(answer.out()).contains("pruned 0 archives");
        assertThat(answer.err()).contains("every archive stays", BlobLayout.ROLLOUT, "delete the blob");
        Files.delete(rollout);
        assertThat(cli.run("prune").expect(ExitCode.OK).out()).contains("pruned 1 archives");
    }
}
