package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.UploadOutcome;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A store, and data roots below one folder, and what must hold of them.
///
/// @param settings of the program, which say where the store is
/// @param opener of the store, as patient as it has to be here
record Place(Path at, Map<String, String> settings, Supplier<BlobStore> opener) {
    private static final String NOTE = "note.xml";
    private static final int BLOCK = 4 << 20;

    /// Makes places with an empty store.
    interface Maker {
        Place in(Path at) throws IOException;
    }

    /// With its store in a folder below it.
    static Place withFolder(Path at) throws IOException {
        Files.createDirectories(at.resolve("root"));
        Path folder = Files.createDirectories(at.resolve("store"));
        return new Place(at, Map.of("JELLYKEEP_FOLDER", folder.toString()), () -> FolderStore.open(folder));
    }

    Path root() {
        return at.resolve("root");
    }

    /// As if nobody had written for an hour.
    void rest() throws IOException {
        FileTime then = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        try (Stream<Path> files = Files.walk(root())) {
            for (Path file : files.toList()) {
                Path _ = Files.setLastModifiedTime(file, then);
            }
        }
    }

    Cli cli() {
        return cli("root");
    }

    Cli cli(String root) {
        Cli cli = new Cli()
                .with("JELLYFIN_DATA_DIR", at.resolve(root).toString())
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .with("JELLYKEEP_RESTORE_TIMEOUT", "1s")
                .outside(new Outside(
                        usual -> {
                            usual.close();
                            return opener.get();
                        },
                        _ -> {}));
        settings.forEach(cli::with);
        return cli;
    }

    void write(String text) throws IOException {
        ServerData.touch(JellyfinFolders.official(root()), text);
    }

    /// What {@link #write} has written into this data root.
    static String note(Path root) throws IOException {
        Path note = JellyfinFolders.official(root).configDir().resolve(NOTE);
        return Files.exists(note) ? Files.readString(note) : Base.NOTHING;
    }

    BlobStore open() {
        return opener.get();
    }

    /// Takes over what another's store holds.
    void takeStore(Place from) throws IOException {
        try (BlobStore source = from.open();
                BlobStore target = open()) {
            List<BlobFacts> all = new ArrayList<>();
            source.list("", all::add);
            for (BlobFacts blob : all) {
                try (InputStream in = source.open(blob.name(), 0, blob.length());
                        BlobUpload out = target.begin(blob.name(), BLOCK)) {
                    in.transferTo(out);
                    UploadOutcome _ = out.commit(blob.metadata());
                }
            }
        }
    }

    Optional<LineageDocument> document() {
        try (BlobStore store = open()) {
            return store.read("lineage.json")
                    .flatMap(blob -> LineageText.parse(blob.content()) instanceof LineageText.Parsed.Readable(var there)
                            ? Optional.of(there)
                            : Optional.empty());
        }
    }

    boolean hasDocumentOfNewerFormat() {
        try (BlobStore store = open()) {
            return store.read("lineage.json").map(Reading::of).orElse(null) instanceof Reading.TooNew;
        }
    }

    /// Names of all archives that can be seen.
    Set<String> archives() {
        try (BlobStore store = open()) {
            return Set.copyOf(Catalogue.of(store).archives().keySet());
        }
    }

    /// No wrong head, nothing listed lost, no archive to be seen that is not whole.
    void requireGoodStore() {
        Catalogue catalogue;
        try (BlobStore store = open()) {
            catalogue = Catalogue.of(store);
        }
        LineageDocument document = document().orElse(null);
        if (document != null) {
            document.listed().map(Listed::name).forEach(name -> {
                if (catalogue.find(name).isEmpty()) {
                    throw new AssertionError(name + " is listed, and not there");
                }
            });
        }
        if (!catalogue.archives().isEmpty() && document != null) {
            cli().run("verify", "--all").expect(ExitCode.OK);
        }
    }

    /// What a new server would begin with now, in a data root of its own.
    Came restored(String... more) throws IOException {
        Path back = Files.createTempDirectory(at, "back");
        String[] all = Stream.concat(Stream.of("restore"), Stream.of(more)).toArray(String[]::new);
        Cli.Answer answer = cli(back.getFileName().toString())
                .with("JELLYKEEP_HANDOFF_TIMEOUT", "500ms")
                .run(all);
        return new Came(answer, note(back));
    }

    /// Whether any archive, in the line or beside it, holds these data.
    boolean hasSomewhere(String note) throws IOException {
        for (String name : archives()) {
            if (restored("--archive", name).note().equals(note)) {
                return true;
            }
        }
        return false;
    }

    /// One line, with all that is there in it, whose head is the root's data.
    void requireAllInHead(Path expected, String note) throws IOException {
        LineageDocument document = document().orElseThrow(() -> new AssertionError("there is no document"));
        try (BlobStore store = open()) {
            List<String> unlisted = Catalogue.of(store).unlisted(document).stream()
                    .map(item -> item.blob().name())
                    .toList();
            if (!unlisted.isEmpty() || !document.forks().isEmpty()) {
                throw new AssertionError("beside the line: " + unlisted + " " + document.forks());
            }
        }
        requireHead(expected, note);
    }

    /// A restore of the head gives these data.
    void requireHead(Path expected, String note) throws IOException {
        Path back = Files.createTempDirectory(at, "back");
        cli(back.getFileName().toString()).run("restore").expect(ExitCode.OK);
        requireSame(expected, back, note);
    }

    /// Two restored data roots hold the same, but for the note.
    static void requireSame(Path expected, Path found, String note) throws IOException {
        if (!note(found).equals(note)) {
            throw new AssertionError("what came back says '" + note(found) + "' in place of '" + note + "'");
        }
        SortedMap<String, String> one = content(expected);
        SortedMap<String, String> other = content(found);
        if (!one.equals(other)) {
            SortedMap<String, String> only = new TreeMap<>(other);
            one.forEach((path, is) -> {
                if (!only.remove(path, is)) {
                    only.merge(path, "missing or another", (there, _) -> "another: " + there);
                }
            });
            throw new AssertionError("what came back is not what was saved: " + only);
        }
    }

    /// Without our own folder, whose identity is new each time, and what SQLite leaves beside a database.
    private static SortedMap<String, String> content(Path root) throws IOException {
        SortedMap<String, String> all = ServerData.tree(root);
        all.keySet()
                .removeIf(path -> path.startsWith(".jellykeep") || path.endsWith("-shm") || path.endsWith("/" + NOTE));
        all.entrySet()
                .removeIf(each ->
                        each.getKey().endsWith("-wal") && each.getValue().startsWith("0 "));
        return all;
    }
}
