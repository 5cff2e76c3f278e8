package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// What all points begin with, and what may come of it.
///
/// @param store with one archive
/// @param changed data of which one file has changed since
/// @param ready changed data in a root that was restored, for a replica to begin with
/// @param newerStore with an archive of the changed data too
/// @param back what a restore of the first archive gives
/// @param changedBack what a restore of the changed data gives
/// @param lateBack what a restore gives where they changed once more
record Base(
        Path store,
        Path changed,
        Path ready,
        Path newerStore,
        Map<String, String> back,
        Map<String, String> changedBack,
        Map<String, String> lateBack) {

    static Base make(Path at) throws IOException {
        JellyfinFolders root = ServerData.copyTo(Files.createDirectories(at.resolve("root")));
        Files.createDirectories(at.resolve("store"));
        ServerData.touch(root, "what will change");
        saved(at, "root");
        Path store = at.resolve("base");
        ServerData.copyTree(at.resolve("store"), store);
        Map<String, String> back = restored(at, "back");

        Path ready = at.resolve("back");
        ServerData.touch(JellyfinFolders.official(ready), "what has changed");
        ServerData.touch(root, "what has changed");
        Path changed = at.resolve("changed");
        ServerData.copyTree(at.resolve("root"), changed);
        saved(at, "root");
        Path newerStore = at.resolve("newer");
        ServerData.copyTree(at.resolve("store"), newerStore);
        Map<String, String> changedBack = restored(at, "changed-back");

        ServerData.touch(root, Victim.LATE);
        saved(at, "root");
        return new Base(store, changed, ready, newerStore, back, changedBack, restored(at, "late-back"));
    }

    private static void saved(Path at, String root) {
        Victim.cli(at, root).run("backup").expect(ExitCode.OK);
    }

    private static Map<String, String> restored(Path at, String to) throws IOException {
        Files.createDirectories(at.resolve(to));
        Victim.cli(at, to).run("restore").expect(ExitCode.OK);
        return Victim.content(at.resolve(to));
    }
}
