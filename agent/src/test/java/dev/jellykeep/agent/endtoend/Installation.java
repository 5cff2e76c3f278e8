package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.agent.cli.Program;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.restore.LocalInspection;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandIn;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.folder.FolderStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One installation: Jellyfin's folders on a disk that can be lost, a store that stays, and the program.
final class Installation {
    private final Path work;
    private final Path disk;
    private final JellyfinFolders folders;
    private final BlobStore store;
    private final Map<String, String> environment = new HashMap<>();

    private Installation(Path work, Path disk, Layout layout, BlobStore store, Map<String, String> storage) {
        this.work = work;
        this.disk = disk;
        this.folders = layout.in(disk);
        this.store = store;
        environment.putAll(storage);
        environment.put("JELLYFIN_DATA_DIR", folders.dataDir().toString());
        environment.put("JELLYFIN_CONFIG_DIR", folders.configDir().toString());
        environment.put("JELLYKEEP_APP_HEALTH_URL", "none");
    }

    /// An empty disk, and a folder as store.
    static Installation in(Path work, Layout layout) throws IOException {
        Path blobs = Files.createDirectories(work.resolve("store"));
        return with(work, layout, FolderStore.open(blobs), Map.of("JELLYKEEP_FOLDER", blobs.toString()));
    }

    static Installation in(Path work) throws IOException {
        return in(work, Layout.OFFICIAL);
    }

    /// An empty disk, and a container of Azurite as store.
    static Installation onAzurite(Path work, Layout layout) throws IOException {
        SharedAzurite.Container container = SharedAzurite.newContainer();
        return with(work, layout, container.store(), container.environment());
    }

    private static Installation with(Path work, Layout layout, BlobStore store, Map<String, String> storage)
            throws IOException {
        Path disk = Files.createDirectories(work.resolve("disk"));
        return new Installation(work, disk, layout, store, storage);
    }

    /// The same store seen by an app with another image, on an empty disk of its own.
    Installation elsewhere(String name, Layout layout) throws IOException {
        Path otherDisk = Files.createDirectories(work.resolve(name));
        return new Installation(work, otherDisk, layout, store, environment);
    }

    /// Fills the disk with a server that has {@link Samples#USERS} users and was stopped.
    Installation filled() throws IOException {
        Trees.copy(Samples.server(), disk);
        return this;
    }

    /// Fills the disk, saves it and loses it.
    Installation savedAndLost() throws IOException {
        filled().run("backup").ok();
        loseDisk();
        return this;
    }

    Installation set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Path disk() {
        return disk;
    }

    JellyfinFolders folders() {
        return folders;
    }

    BlobStore store() {
        return store;
    }

    DataRoot root() {
        return DataRoot.of(folders.dataDir(), folders.configDir());
    }

    /// Runs the program in this process.
    Said run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var program = new Program(
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InstantSource.system(),
                false);
        var code = program.run(arguments);
        return new Said(
                String.join(" ", arguments),
                code,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    /// Starts the program as a child process, with this process's classes.
    ChildProcess start(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Djava.io.tmpdir=" + work.resolve("logs/tmp"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        return ChildProcess.start(work.resolve("logs"), "agent", command, environment);
    }

    StandIn server() {
        return StandIn.in(folders);
    }

    Path work() {
        return work;
    }

    /// What the files hold, read from the databases alone, after a stop or a restore.
    StandInFacts facts() {
        try {
            return StandInFacts.atRest(folders);
        } catch (SQLException | IOException e) {
            throw new AssertionError("The restored data can't be read: " + e.getMessage(), e);
        }
    }

    void loseDisk() throws IOException {
        Workspace.deleteTree(disk);
        Files.createDirectories(disk);
    }

    LineageDocument document() {
        byte[] text = store.read("lineage.json").orElseThrow().content();
        assertThat(LineageText.parse(text)).isInstanceOf(LineageText.Parsed.Readable.class);
        return ((LineageText.Parsed.Readable) LineageText.parse(text)).document();
    }

    String head() {
        return document().head().map(Listed::name).orElseThrow();
    }

    /// Names of all blobs that begin so.
    List<String> blobs(String prefix) {
        List<String> names = new ArrayList<>();
        store.list(prefix, blob -> names.add(blob.name()));
        return names;
    }

    /// Names of the archives on the line's place, whoever made them.
    List<String> archives() {
        return blobs("backup-");
    }

    ReplicaIdentity identity() {
        try {
            return LocalInspection.identity(root()).orElseThrow(() -> new AssertionError("There is no identity."));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
