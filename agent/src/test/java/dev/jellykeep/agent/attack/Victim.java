package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A command that is attacked, what it begins with, and what must hold after it, whatever was done to it.
enum Victim {
    /// Of data that have changed since the head was made.
    BACKUP {
        @Override
        void prepare(Path at, Base base) throws IOException {
            ServerData.copyTree(base.store(), Files.createDirectories(at.resolve("store")));
            ServerData.copyTree(base.changed(), Files.createDirectories(at.resolve("root")));
        }

        @Override
        Cli.Answer act(Path at) {
            return cli(at, "root").run("backup");
        }

        @Override
        void judge(Path at, Base base) throws IOException {
            everyVisibleArchiveIsGood(at);
            cli(at, "root").run("backup").expect(ExitCode.OK);
            Files.createDirectories(at.resolve("back"));
            cli(at, "back").run("restore").expect(ExitCode.OK);
            same(base.changedBack(), at.resolve("back"));
        }
    },

    /// Into an empty data root.
    RESTORE {
        @Override
        void prepare(Path at, Base base) throws IOException {
            ServerData.copyTree(base.store(), Files.createDirectories(at.resolve("store")));
            Files.createDirectories(at.resolve("root"));
        }

        @Override
        Cli.Answer act(Path at) {
            return cli(at, "root").run("restore");
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
            same(complete ? base.back() : base.changedBack(), at.resolve("root"));
            cli(at, "root").run("restore").expect(ExitCode.OK);
        }
    };

    /// What all points begin with.
    ///
    /// @param store with one archive
    /// @param changed data of which one file has changed since
    /// @param back what a restore of that archive gives
    /// @param newerStore with an archive of the changed data too
    /// @param changedBack what a restore of that one gives
    record Base(Path store, Path changed, Path back, Path newerStore, Path changedBack) {
        static Base make(Path at) throws IOException {
            JellyfinFolders root = ServerData.copyTo(Files.createDirectories(at.resolve("root")));
            Files.createDirectories(at.resolve("store"));
            ServerData.touch(root, "what will change");
            cli(at, "root").run("backup").expect(ExitCode.OK);
            Path store = at.resolve("base");
            ServerData.copyTree(at.resolve("store"), store);
            Path back = Files.createDirectories(at.resolve("back"));
            cli(at, "back").run("restore").expect(ExitCode.OK);
            ServerData.touch(root, "what has changed");
            Path changed = at.resolve("changed");
            ServerData.copyTree(at.resolve("root"), changed);
            cli(at, "root").run("backup").expect(ExitCode.OK);
            Path changedBack = Files.createDirectories(at.resolve("changed-back"));
            cli(at, "changed-back").run("restore").expect(ExitCode.OK);
            return new Base(store, changed, back, at.resolve("store"), changedBack);
        }
    }

    abstract void prepare(Path at, Base base) throws IOException;

    abstract Cli.Answer act(Path at);

    /// @throws AssertionError with what doesn't hold
    abstract void judge(Path at, Base base) throws IOException;

    private static Cli cli(Path at, String root) {
        return Cli.at(at.resolve("store"), at.resolve(root)).with("JELLYKEEP_APP_HEALTH_URL", "none");
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

    private static void same(Path expected, Path found) throws IOException {
        SortedMap<String, String> one = content(expected);
        SortedMap<String, String> other = content(found);
        if (!one.equals(other)) {
            SortedMap<String, String> only = new TreeMap<>(other);
            for (Map.Entry<String, String> each : one.entrySet()) {
                if (!only.remove(each.getKey(), each.getValue())) {
                    only.merge(each.getKey(), "missing or another", (there, _) -> "another: " + there);
                }
            }
            throw new AssertionError("what came back is not what was saved: " + only);
        }
    }

    /// Without our own folder, whose identity is new each time, and without what SQLite leaves beside a database that
    /// was
    /// looked into.
    private static SortedMap<String, String> content(Path root) throws IOException {
        SortedMap<String, String> all = ServerData.tree(root);
        all.entrySet()
                .removeIf(each -> each.getKey().startsWith(".jellykeep")
                        || each.getKey().endsWith("-shm")
                        || (each.getKey().endsWith("-wal") && each.getValue().startsWith("0 ")));
        return all;
    }
}
