package dev.jellykeep.agent.torment;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.writer.Torment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is done to servers while they are saved, in either length. Each takes an empty folder of its own.
final class Torments {
    private static final int EVERY = 20;

    private Torments() {}

    /// @param said what the writer said at its end; empty where there was none
    record Outcome(Tally tally, String said) {
        @Override
        public String toString() {
            return tally + (said.isEmpty() ? "" : "; writer " + said);
        }
    }

    /// A server that does something to its own database all the while.
    static Outcome server(Path work, Torment torment, int rows, int backups) throws IOException, SQLException {
        try (var server = TormentedServer.start(work, torment, rows, EVERY)) {
            Tally tally = server.backups(backups);
            if (tally.meetings() == 0) {
                tally.fault("no backup was made while the server had its turn");
            }
            return new Outcome(tally, server.end());
        }
    }

    /// Plugins that leave databases which nobody but they can read.
    static Outcome plugins(Path work, int rows, int backups) throws IOException, SQLException {
        try (var server = TormentedServer.start(work, Torment.NONE, rows, EVERY)) {
            Path folder = server.folders().databaseFolder();
            Plugins plugins = Plugins.in(folder, work);
            Tally tally = server.backups(backups);
            String said = server.end();
            if (!plugins.untouched()) {
                tally.fault("a plugin's database or journal was changed");
            }
            Path back = Files.createDirectory(work.resolve("back"));
            Cli.at(work.resolve("store"), back)
                    .with("JELLYKEEP_APP_HEALTH_URL", "none")
                    .run("restore")
                    .expect(ExitCode.OK);
            for (Path each : List.of(folder, back.resolve(work.resolve("root").relativize(folder)))) {
                String fault = Plugins.fault(each);
                if (!fault.isEmpty()) {
                    tally.fault(each + ": " + fault);
                }
            }
            return new Outcome(tally, said);
        }
    }

    /// A main database that is damaged where its server doesn't look.
    static Outcome damaged(Path work, int rows, int good, int bad) throws IOException, SQLException {
        try (var server = TormentedServer.start(work, Torment.NONE, rows, EVERY)) {
            Tally tally = server.backups(good);
            List<String> archives = server.archives();
            server.damage();
            server.backups(bad);
            if (!server.archives().equals(archives) || tally.promoted() != good) {
                tally.fault("damage became an archive: " + server.archives() + " after " + archives);
            }
            return new Outcome(tally, server.endWriter());
        }
    }

    /// An agent that saves every second, and backups by hand beside it.
    static Outcome besideRun(Path work, int rows, int backups) throws IOException, SQLException {
        try (var server = TormentedServer.start(work, Torment.OPTIMISE, rows, EVERY)) {
            server.cli().run("backup").expect(ExitCode.OK);
            try (ChildProcess run = server.run()) {
                var _ = run.awaitLine(Pattern.compile("backup is the head"), TormentedServer.BOUND);
                Tally tally = server.backups(backups);
                int code = run.stop(TormentedServer.BOUND);
                if (code != 0) {
                    tally.fault("the running agent ended with " + code + ": " + run.tail(5));
                }
                for (String archive : server.archives()) {
                    server.examine(archive, 0);
                }
                String said = server.end();
                return new Outcome(tally, said + "; " + server.archives().size() + " archives kept, each examined");
            }
        }
    }

    /// Backups by hand, all at once, with no agent that runs beside them.
    static Outcome atOnce(Path work, int backups) throws IOException {
        Path root = Files.createDirectory(work.resolve("root"));
        Path store = Files.createDirectory(work.resolve("store"));
        var folders = ServerData.copyTo(root);
        Cli.at(store, root)
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .run("backup")
                .expect(ExitCode.OK);
        ServerData.touch(folders, "changed");
        Files.write(folders.dataDir().resolve("large"), new byte[30 << 20]);
        Tally tally = new Tally();
        List<ChildProcess> all = new ArrayList<>();
        try {
            for (int i = 0; i < backups; i++) {
                List<String> command = new ArrayList<>(SmallDisk.agent(work, "64m"));
                command.add("backup");
                all.add(ChildProcess.start(
                        work,
                        "backup-" + i,
                        command,
                        Map.of(
                                "JELLYKEEP_FOLDER", store.toString(),
                                "JELLYFIN_DATA_DIR", root.toString(),
                                "JELLYKEEP_APP_HEALTH_URL", "none")));
            }
            for (ChildProcess each : all) {
                ended(each, tally);
            }
        } finally {
            all.forEach(ChildProcess::close);
        }
        return new Outcome(tally, "");
    }

    private static void ended(ChildProcess backup, Tally tally) {
        try {
            int code = backup.awaitExit(Await.BOUND);
            if (code == 0) {
                tally.good();
            } else {
                tally.fault("ended with " + code + ": " + backup.tail(5));
            }
        } catch (IllegalStateException stillRuns) {
            tally.fault(String.valueOf(stillRuns.getMessage()));
        }
    }
}
