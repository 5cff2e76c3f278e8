package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
        void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException {
            Remains.everyVisibleArchiveIsGood(at);
            if (ok) {
                Remains.same(base.changedBack(), Remains.cold(at));
            }
            cli(at, "root").run("backup").expect(ExitCode.OK);
            Files.createDirectories(at.resolve("back"));
            cli(at, "back").run("restore").expect(ExitCode.OK);
            Remains.same(base.changedBack(), Remains.content(at.resolve("back")));
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
        void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException {
            Remains.everyVisibleArchiveIsGood(at);
            boolean complete = Remains.isComplete(at, ok);
            if (!complete) {
                // what half a restore has left must not be mixed with what the next one brings, nor look like it
                Remains.halve(at.resolve("root"));
                ServerData.copyTree(base.newerStore(), Files.createDirectories(at.resolve("newer")));
                Cli.at(at.resolve("newer"), at.resolve("root"))
                        .with("JELLYKEEP_APP_HEALTH_URL", "none")
                        .run("restore")
                        .expect(ExitCode.OK);
            }
            Remains.same(complete ? base.back() : base.changedBack(), Remains.content(at.resolve("root")));
            cli(at, "root").run("restore").expect(ExitCode.OK);
        }
    },

    /// Where the data are newer than the head: whatever happens, they stay.
    AGAIN("restore") {
        @Override
        void prepare(Path at, Base base) throws IOException {
            RUN.prepare(at, base);
        }

        @Override
        void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException {
            Remains.same(Remains.content(base.ready()), Remains.content(at.resolve("root")));
            cli(at, "root").run("restore").expect(ExitCode.OK);
            Remains.same(Remains.content(base.ready()), Remains.content(at.resolve("root")));
        }
    },

    /// Over a database that can't be opened, which is set aside.
    ASIDE("restore") {
        @Override
        void prepare(Path at, Base base) throws IOException {
            RUN.prepare(at, base);
            Files.writeString(JellyfinFolders.official(at.resolve("root")).database(), BROKEN);
        }

        @Override
        void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException {
            Remains.everyVisibleArchiveIsGood(at);
            cli(at, "root").run("restore").expect(ExitCode.OK);
            Remains.same(base.back(), Remains.content(at.resolve("root")));
            if (Remains.kept(at.resolve("root"), "jellyfin.db").noneMatch(BROKEN::equals)
                    || Remains.kept(at.resolve("root"), "note.xml").findAny().isEmpty()) {
                throw new AssertionError("what was set aside is gone");
            }
        }
    },

    /// Over half of an archive that isn't the head any more.
    HALF("restore") {
        @Override
        void prepare(Path at, Base base) throws IOException {
            ServerData.copyTree(base.newerStore(), Files.createDirectories(at.resolve("store")));
            ServerData.copyTree(base.half(), Files.createDirectories(at.resolve("root")));
        }

        @Override
        void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException {
            Remains.everyVisibleArchiveIsGood(at);
            if (Remains.isComplete(at, ok)) {
                Remains.same(base.changedBack(), Remains.content(at.resolve("root")));
            }
            cli(at, "root").run("restore").expect(ExitCode.OK);
            Remains.same(base.changedBack(), Remains.content(at.resolve("root")));
        }
    },

    /// Of what hand-written scripts have left: the newest good archive becomes the head.
    OLDER("restore") {
        @Override
        void prepare(Path at, Base base) throws IOException {
            ServerData.copyTree(base.older(), Files.createDirectories(at.resolve("store")));
            Files.createDirectories(at.resolve("root"));
        }

        @Override
        void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException {
            if (Remains.isComplete(at, ok)) {
                Remains.same(base.olderBack(), Remains.content(at.resolve("root")));
            }
            Remains.same(base.olderBack(), Remains.cold(at));
            cli(at, "root").run("restore").expect(ExitCode.OK);
            Remains.same(base.olderBack(), Remains.content(at.resolve("root")));
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
            Await.until(() -> "a backup\n" + agent.output(), () -> !agent.alive() || isDue(at, null));
            last(at);
            agent.terminate();
            super.play(at, agent);
        }

        @Override
        boolean isDue(Path at, @Nullable Duration hit) {
            return Remains.document(at)
                            .filter(document -> document.history().size() > 1)
                            .isPresent()
                    || (hit != null && hit.compareTo(PATIENCE) > 0);
        }

        @Override
        void last(Path at) throws IOException {
            ServerData.touch(JellyfinFolders.official(at.resolve("root")), LATE);
        }

        @Override
        void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException {
            Remains.everyVisibleArchiveIsGood(at);
            LineageDocument left =
                    Remains.document(at).orElseThrow(() -> new AssertionError("no lineage that can be read"));
            boolean sealed = left.sealed() && left.epoch() > base.epoch() && left.refused() == null;
            boolean passes = kind == Attack.Kind.NONE || kind == Attack.Kind.FAIL || kind == Attack.Kind.LOST;
            Map<String, String> cold = Remains.cold(at);
            List<Map<String, String>> good = sealed || passes
                    ? List.of(base.lateBack())
                    : left.history().size() > 1
                            ? List.of(base.changedBack(), base.lateBack())
                            : List.of(base.back(), base.changedBack(), base.lateBack());
            if (good.stream().noneMatch(cold::equals)) {
                throw new AssertionError((sealed
                                ? "a sealed head lacks something: "
                                : passes
                                        ? "one fault that passes has cost what was written last: "
                                        : "a cold start gives too little: ")
                        + cold);
            }
            RunHere again = new RunHere(cli(at));
            Await.until(() -> "the next attempt", () -> !again.alive() || Remains.isHeldHere(at));
            again.end(Await.BOUND).expect(ExitCode.OK);
            Files.createDirectories(at.resolve("back"));
            cli(at, "back").run("restore").expect(ExitCode.OK);
            Remains.same(base.lateBack(), Remains.content(at.resolve("back")));
        }
    };

    private static final String BROKEN = "no database";

    static final String LATE = "what has changed late";

    /// From a `run`'s being told to stop until its platform kills it.
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final Map<String, String> SHORT = Map.of(
            "JELLYKEEP_APP_HEALTH_URL", "none",
            "JELLYKEEP_INITIAL_DELAY", "0s",
            "JELLYKEEP_INTERVAL", "1h",
            "JELLYKEEP_POLL", "200ms",
            "JELLYKEEP_HEARTBEAT", "300ms",
            "JELLYKEEP_STALE_AFTER", "1s",
            "JELLYKEEP_GRACE", GRACE.toSeconds() + "s",
            "JELLYKEEP_MANAGEMENT_PORT", "0");

    /// How long a `run` that was attacked may still take for its first backup.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String command;

    Victim(String command) {
        this.command = command;
    }

    abstract void prepare(Path at, Base base) throws IOException;

    /// Waits until it has done its work, and does what makes it end.
    void play(Path at, ChildProcess agent) throws IOException {
        int _ = agent.awaitExit(Await.BOUND);
    }

    /// Whether one that doesn't end by itself is to be told to stop now.
    ///
    /// @param hit how long ago it was attacked; null: it wasn't yet
    boolean isDue(Path at, @Nullable Duration hit) {
        return false;
    }

    /// What its server writes before that.
    void last(Path at) throws IOException {}

    /// @param kind what was done to it
    /// @param ok it ended with exit code 0
    /// @throws AssertionError with what doesn't hold
    abstract void judge(Path at, Base base, Attack.Kind kind, boolean ok) throws IOException;

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
}
