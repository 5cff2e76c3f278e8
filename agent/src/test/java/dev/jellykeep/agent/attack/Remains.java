package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What an attack has left, below one folder, and what must hold of it.
final class Remains {
    private Remains() {}

    static Optional<LineageDocument> document(Path at) {
        try {
            byte[] text = Files.readAllBytes(at.resolve("store/lineage.json"));
            return LineageText.parse(text) instanceof LineageText.Parsed.Readable(var document)
                    ? Optional.of(document)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static boolean isHeldHere(Path at) {
        String holder = document(at)
                .filter(document -> !document.sealed())
                .map(LineageDocument::holder)
                .orElse(null);
        try {
            return holder != null
                    && Files.readString(at.resolve("root/.jellykeep/replica.json"))
                            .contains(holder);
        } catch (IOException e) {
            return false;
        }
    }

    /// @param ok it says so
    static boolean isComplete(Path at, boolean ok) throws IOException {
        Path identity = at.resolve("root/.jellykeep/replica.json");
        boolean complete = Files.exists(identity) && Files.readString(identity).contains("\"complete\":true");
        if (ok && !complete) {
            throw new AssertionError("it says that it has restored, and hasn't");
        }
        return complete;
    }

    /// As if each file that a restore has moved were of another archive.
    static void halve(Path root) throws IOException {
        Path own = root.resolve(".jellykeep");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> !each.startsWith(own) && Files.isRegularFile(each))
                    .toList()) {
                Files.writeString(file, Base.HALF);
            }
        }
    }

    /// Files of one name that were set aside.
    static Stream<String> kept(Path root, String name) throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve(".jellykeep"))) {
            for (Path file : files.filter(each -> each.endsWith(name)).toList()) {
                all.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.stream();
    }

    /// What a new replica gets now.
    static Map<String, String> cold(Path at) throws IOException {
        ServerData.copyTree(at.resolve("store"), at.resolve("cold/store"));
        Files.createDirectories(at.resolve("cold/root"));
        Victim.cli(at.resolve("cold"), "root").run("restore").expect(ExitCode.OK);
        return content(at.resolve("cold/root"));
    }

    static void everyVisibleArchiveIsGood(Path at) {
        List<String> names = new ArrayList<>();
        try (FolderStore store = FolderStore.open(at.resolve("store"))) {
            store.list("backup-", blob -> names.add(blob.name()));
        }
        for (String name : names) {
            Victim.cli(at, "root").run("verify", name).expect(ExitCode.OK);
        }
        Victim.cli(at, "root").run("verify").expect(ExitCode.OK);
    }

    static void same(Map<String, String> expected, Map<String, String> found) {
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
