package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A command that is attacked, what it begins with, and what must hold after it, whatever was done to it.
enum Victim {
    /// Of data that have changed since the head was made.
    BACKUP("backup") {
        @Override
        void prepare(Path at, Base base) throws IOException {
            ServerData.copyTree(base.store(), Files.createDirectories(at.resolve("store")));
            ServerData.copyTree(base.changed(), Files.createDirectories(at.resolve("root")));
        }

        @Override
        void judge(Path at, Base base) throws IOException {
            everyVisibleArchiveIsGood(at);
            cli(at, "root").run("backup").expect(ExitCode.OK);
            Files.createDirectories(at.resolve("back"));
            cli(at, "back").run("restore").expect(ExitCode.OK);
            same(base.changedBack(), content(at.resolve("back")));
        }
    },

    /// Into an empty data root.
    RESTORE("restore") {
        @Override
        void prepare(Path at, Base base) throws IOException {
            ServerData.copyTree(base.store(), Files.createDirectories(at.resolve("store")));
            Files.createDirectories(at.resolve("root"));
        }

        @Override
        void judge(Path at, Base base) throws IOException {
            everyVisibleArchiveIsGood(at);
            Path identity = at.resolve("root/.jellykeep/replica.json");
            boolean complete =
                    Files.exists(identity) && Files.readString(identity).contains("\"complete\":true");
            if (!complete) {
                // what half a restore has left must not be mixed with what the next one brings
                ServerData.copyTree(base.newerStore(), Files.createDirectories(at.resolve("newer")));
                Cli.at(at.resolve("newer"), at.resolve("root"))
                        .with("JELLYKEEP_APP_HEALTH_URL", "none")
                        .run("restore")
                        .expect(ExitCode.OK);
            }
            same(complete ? base.back() : base.changedBack(), content(at.resolve("root")));
            cli(at, "root").run("restore").expect(ExitCode.OK);
        }
    },

    /// Of a replica whose data change after its first backup, and that is told to stop then.
    RUN("run") {
        @Override
        void prepare(Path at, Base base) throws IOException {
            ServerData.copyTree(base.store(), Files.createDirectories(at.resolve("store")));
            ServerData.copyTree(base.ready(), Files.createDirectories(at.resolve("root")));
        }

        @Override
        void play(Path at, ChildProcess agent) throws IOException {
            long began = System.nanoTime();
            Await.until(
                    () -> "a backup\n" + agent.output(),
                    () -> !agent.alive()
                            || history(at) > 1
                            || (RealProcess.wasAttacked(agent) && System.nanoTime() - began > PATIENCE));
            ServerData.touch(JellyfinFolders.official(at.resolve("root")), LATE);
            agent.terminate();
            super.play(at, agent);
        }

        @Override
        void judge(Path at, Base base) throws IOException {
            everyVisibleArchiveIsGood(at);
            ServerData.copyTree(at.resolve("store"), at.resolve("cold/store"));
            Files.createDirectories(at.resolve("cold/root"));
            cli(at.resolve("cold"), "root").run("restore").expect(ExitCode.OK);
            Map<String, String> cold = content(at.resolve("cold/root"));
            if (List.of(base.back(), base.changedBack(), base.lateBack()).stream()
                    .noneMatch(cold::equals)) {
                throw new AssertionError("a cold start gives what was never saved: " + cold);
            }
            try (ChildProcess again = RealProcess.of(this, at, "again")) {
                Await.until(
                        () -> "the next attempt\n" + again.output(),
                        () -> !again.alive() || again.output().contains("now holding"));
                int code = again.stop(Await.BOUND);
                if (code != 0) {
                    throw new AssertionError("the next attempt ended with " + code + ":\n" + again.output());
                }
            }
            Files.createDirectories(at.resolve("back"));
            cli(at, "back").run("restore").expect(ExitCode.OK);
            same(base.lateBack(), content(at.resolve("back")));
        }
    };

    /// Those that end by themselves.
    static final List<Victim> HERE = List.of(BACKUP, RESTORE);

    static final String LATE = "what has changed late";

    private static final Map<String, String> SHORT = Map.of(
            "JELLYKEEP_APP_HEALTH_URL", "none",
            "JELLYKEEP_INITIAL_DELAY", "0s",
            "JELLYKEEP_INTERVAL", "1h",
            "JELLYKEEP_POLL", "200ms",
            "JELLYKEEP_HEARTBEAT", "300ms",
            "JELLYKEEP_STALE_AFTER", "1s",
            "JELLYKEEP_GRACE", "10s",
            "JELLYKEEP_MANAGEMENT_PORT", "0");

    /// How long a `run` that was attacked may still take for its first backup, in nanoseconds.
    private static final long PATIENCE = Duration.ofSeconds(3).toNanos();

    private final String command;

    Victim(String command) {
        this.command = command;
    }

    abstract void prepare(Path at, Base base) throws IOException;

    /// Waits until it has done its work, and does what makes it end.
    void play(Path at, ChildProcess agent) throws IOException {
        int _ = agent.awaitExit(Await.BOUND);
    }

    /// @throws AssertionError with what doesn't hold
    abstract void judge(Path at, Base base) throws IOException;

    String command() {
        return command;
    }

    /// How it is called.
    Cli cli(Path at) {
        return cli(at, "root");
    }

    static Cli cli(Path at, String root) {
        Cli cli = Cli.at(at.resolve("store"), at.resolve(root));
        SHORT.forEach(cli::with);
        return cli;
    }

    private static int history(Path at) {
        try {
            byte[] text = Files.readAllBytes(at.resolve("store/lineage.json"));
            return LineageText.parse(text) instanceof LineageText.Parsed.Readable(var document)
                    ? document.history().size()
                    : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void everyVisibleArchiveIsGood(Path at) {
        List<String> names = new ArrayList<>();
        try (FolderStore store = FolderStore.open(at.resolve("store"))) {
            store.list("backup-", blob -> names.add(blob.name()));
        }
        for (String name : names) {
            cli(at, "root").run("verify", name).expect(ExitCode.OK);
        }
        cli(at, "root").run("verify").expect(ExitCode.OK);
    }

    private static void same(Map<String, String> expected, Map<String, String> found) {
        if (!expected.equals(found)) {
            Map<String, String> only = new TreeMap<>(found);
            for (Map.Entry<String, String> each : expected.entrySet()) {
                if (!only.remove(each.getKey(), each.getValue())) {
                    only.merge(each.getKey(), "missing or another", (there, _) -> "another: " + there);
                }
            }
            throw new AssertionError("what came back is not what was saved: " + only);
        }
    }

    /// Without our own folder, whose identity is new each time, and without what SQLite leaves beside a database that
    /// was looked into.
    static Map<String, String> content(Path root) throws IOException {
        Map<String, String> all = ServerData.tree(root);
        all.entrySet()
                .removeIf(each -> each.getKey().startsWith(".jellykeep")
                        || each.getKey().endsWith("-shm")
                        || (each.getKey().endsWith("-wal") && each.getValue().startsWith("0 ")));
        return all;
    }
}
