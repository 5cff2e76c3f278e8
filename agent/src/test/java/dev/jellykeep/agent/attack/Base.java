package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.agent.restore.Placement;
import dev.jellykeep.sandbox.original.OriginalSetUp;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What all points begin with, and what may come of it.
///
/// @param store with one archive
/// @param epoch in which that was made
/// @param changed data of which one file has changed since
/// @param ready changed data in a root that was restored, for a replica to begin with
/// @param newerStore with an archive of the changed data too
/// @param half a root where a restore of the first archive was killed
/// @param older a store as hand-written scripts have left it, with bad archives among the good ones
/// @param back what a restore of the first archive gives
/// @param changedBack what a restore of the changed data gives
/// @param lateBack what a restore gives where they changed once more
/// @param olderBack what a restore of the older store gives
record Base(
        Path store,
        long epoch,
        Path changed,
        Path ready,
        Path newerStore,
        Path half,
        Path older,
        Map<String, String> back,
        Map<String, String> changedBack,
        Map<String, String> lateBack,
        Map<String, String> olderBack) {

    static final String HALF = "half of an archive";

    static Base make(Path at) throws IOException {
        JellyfinFolders root = ServerData.copyTo(Files.createDirectories(at.resolve("root")));
        Files.createDirectories(at.resolve("store"));
        ServerData.touch(root, "what will change");
        saved(at, "root");
        Path store = at.resolve("base");
        ServerData.copyTree(at.resolve("store"), store);
        long epoch = Remains.document(at)
                .orElseThrow(() -> new AssertionError("no lineage"))
                .epoch();
        Map<String, String> back = restored(at, "back");

        Path half = at.resolve("half");
        ServerData.copyTree(at.resolve("back"), half);
        halve(half);

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
        Map<String, String> lateBack = restored(at, "late-back");

        Path older = at.resolve("older");
        OriginalSetUp.make(at.resolve("original")).writeTo(Files.createDirectories(older));
        ServerData.copyTree(older, at.resolve("adopted/store"));
        Map<String, String> olderBack = restored(at.resolve("adopted"), "back");
        return new Base(store, epoch, changed, ready, newerStore, half, older, back, changedBack, lateBack, olderBack);
    }

    /// As if the restore had been killed before it had moved the last file.
    private static void halve(Path root) throws IOException {
        Path own = root.resolve(".jellykeep");
        List<Path> moved;
        try (Stream<Path> all = Files.walk(root)) {
            moved = all.filter(path -> !path.startsWith(own) && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        String names = moved.stream()
                .map(path -> '"' + root.relativize(path).toString() + '"')
                .collect(Collectors.joining(",", "[", "]"));
        Files.writeString(own.resolve(Placement.MOVING), names);
        // nothing of it may be left, or look like what comes next
        for (Path each : moved) {
            if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                Files.writeString(each, HALF);
            }
        }
        Files.delete(moved.getLast());
        Path identity = own.resolve("replica.json");
        Files.writeString(identity, Files.readString(identity).replace("\"complete\":true", "\"complete\":false"));
    }

    private static void saved(Path at, String root) {
        Victim.cli(at, root).run("backup").expect(ExitCode.OK);
    }

    private static Map<String, String> restored(Path at, String to) throws IOException {
        Files.createDirectories(at.resolve(to));
        Victim.cli(at, to).run("restore").expect(ExitCode.OK);
        return Remains.content(at.resolve(to));
    }
}
