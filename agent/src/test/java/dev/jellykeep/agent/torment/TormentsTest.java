package dev.jellykeep.agent.torment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.snapshot.DatabaseCopy;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.writer.Torment;
import dev.jellykeep.sandbox.writer.TransferWriterMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The small form of `tools/torments`.
@Execution(ExecutionMode.CONCURRENT)
class TormentsTest {
    private static final int ROWS = 300;

    @TempDir
    Path work;

    @ParameterizedTest
    @EnumSource(names = {"OPTIMISE", "MIGRATE", "RENAME"})
    void aServerIsHarmedOrATornCopyPromoted_whileItsServer(Torment torment) throws Exception {
        Tally tally = Torments.server(work, torment, ROWS, 1).tally();
        assertThat(tally.faults()).isEmpty();
    }

    @Test
    void aPluginsOddDatabaseStopsTheBackupOrIsChangedByIt() throws Exception {
        Tally tally = Torments.plugins(work, ROWS, 1).tally();
        assertThat(tally.faults()).isEmpty();
        assertThat(tally.promoted()).isOne();
    }

    @Test
    void filesThatVanishUnderABackupSpoilItOrWhatNobodyTouched() throws Exception {
        Torments.Outcome outcome = Vanishing.play(work, 2, Long.getLong("seed", System.nanoTime()));
        assertThat(outcome.tally().faults()).as(outcome.said()).isEmpty();
        assertThat(outcome.tally().promoted()).isEqualTo(2);
    }

    /// The second one asked an agent that would never come, and waited for ten minutes.
    @Test
    void theSecondOfTwoBackupsByHandWaitsForAnAgentThatDoesNotRun() throws Exception {
        assertThat(Torments.atOnce(work, 2).tally().faults()).isEmpty();
    }

    @Test
    void aServerThatKeepsItsDatabaseToItselfIsSaidToBeBusyAndGoesOn() {
        Path live = work.resolve("live.db");
        try (ChildProcess writer = JavaProcess.of(TransferWriterMain.class)
                .classPath(org.sqlite.JDBC.class)
                .arguments("--db", live.toString(), "--rows", "100", "--torment", Torment.EXCLUSIVE.flag())
                .start(work, "writer")) {
            var _ = writer.awaitLine(Pattern.compile("^writing$"), TormentedServer.BOUND);
            assertThat(DatabaseCopy.copy(live, work.resolve("copy.db"), Duration.ofMillis(300)))
                    .isEqualTo(new DatabaseCopy.Result.Busy());
            int _ = writer.stop(TormentedServer.BOUND);
            assertThat(writer.tail(1)).startsWith("stopped after");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
