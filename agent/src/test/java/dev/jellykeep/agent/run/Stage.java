package dev.jellykeep.agent.run;

import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.restore.LocalInspection;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandIn;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// One replica on one machine: a data root, a store, and the agent as a process of its own with short durations.
final class Stage {
    static final Duration BOUND = Await.BOUND;

    /// Short, unless `-Dstale.after=SECONDS` says otherwise.
    static final Duration STALE_AFTER = Duration.ofSeconds(Long.getLong("stale.after", 2));

    final Path work;
    final JellyfinFolders folders;
    final BlobStore store;
    private final LineageStore lineage;
    private final Map<String, String> environment = new HashMap<>();

    private Stage(Path work, Path root, BlobStore store) {
        this.work = work;
        this.folders = JellyfinFolders.official(directory(root));
        this.store = store;
        this.lineage = new LineageStore(store, STALE_AFTER);
        with("JELLYFIN_DATA_DIR", root.toString());
        with("JELLYKEEP_INTERVAL", "1s");
        with("JELLYKEEP_INITIAL_DELAY", "0s");
        with("JELLYKEEP_POLL", "300ms");
        with("JELLYKEEP_HEARTBEAT", "500ms");
        with("JELLYKEEP_STALE_AFTER", STALE_AFTER.toSeconds() + "s");
        with("JELLYKEEP_GRACE", "30s");
        with("JELLYKEEP_MANAGEMENT_PORT", "0");
    }

    /// A replica that keeps its archives in a folder.
    static Stage withFolder(Path work) {
        Path folder = directory(work.resolve("store"));
        return new Stage(work, work.resolve("root"), FolderStore.open(folder))
                .with("JELLYKEEP_FOLDER", folder.toString());
    }

    /// A replica that keeps its archives in a container.
    ///
    /// @param agentsView how the agent reaches the account, maybe through a proxy
    static Stage withAzure(Path work, String connectionString, String agentsView, String container) {
        BlobStore store = AzureBlobStore.open(
                new AzureLocation(null, container, ""),
                Credential.fromEnvironment(Map.of("AZURE_STORAGE_CONNECTION_STRING", connectionString), false),
                OutboundProxy.none(),
                StoreOptions.defaults());
        return new Stage(work, work.resolve("root"), store)
                .with("AZURE_STORAGE_CONNECTION_STRING", agentsView)
                .with("JELLYKEEP_CONTAINER", container);
    }

    /// Another replica of the same app: its own data root, the same store.
    Stage second() {
        Stage other = new Stage(directory(work.resolve("second")), work.resolve("second/root"), store);
        environment.forEach((name, value) -> {
            if (!name.equals("JELLYFIN_DATA_DIR")) {
                Stage _ = other.with(name, value);
            }
        });
        return other;
    }

    Stage with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// A server on the data root whose health the agent asks.
    StandIn server() {
        return StandIn.in(folders).users(2).libraryMegabytes(1);
    }

    ChildProcess run() {
        return run("agent");
    }

    ChildProcess run(String name) {
        return start(JavaProcess.named(Main.class), name);
    }

    /// The agent with a clock that is wrong by what the file says.
    ChildProcess runWithClock(Path skew) {
        return start(JavaProcess.named(SkewedMain.class).machine("-Dskew=" + skew), "skewed-agent");
    }

    // By this process's class path and nothing else: what comes first there, as a cure that is taken out, is what runs.
    private ChildProcess start(JavaProcess program, String name) {
        program.classPath(Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .arguments("run");
        environment.forEach(program::environment);
        return program.start(work, name);
    }

    Cli cli() {
        Cli cli = new Cli();
        environment.forEach(cli::with);
        return cli;
    }

    LineageDocument document() {
        return lineage.require().document();
    }

    /// Names of archives directly below the prefix, oldest first.
    List<String> archives() {
        return names(name -> name.startsWith("backup-"));
    }

    List<String> names(Predicate<String> wanted) {
        return Catalogue.of(store).archives().keySet().stream()
                .filter(wanted)
                .sorted()
                .toList();
    }

    /// Waits until there are at least as many archives on the line.
    void awaitHistory(int least, ChildProcess agent) {
        Await.until(
                () -> "a history of " + least + " archives\n" + agent.output(),
                () -> readable()
                        .filter(document -> document.history().size() >= least)
                        .isPresent());
    }

    Optional<LineageDocument> readable() {
        return lineage.read() instanceof dev.jellykeep.store.archives.Reading.Present present
                ? Optional.of(present.document())
                : Optional.empty();
    }

    /// This replica's id, once it has one.
    String replica() {
        DataRoot root = new DataRoot(folders.dataDir(), new Roles("", "config"));
        return Await.get(() -> "an identity in " + folders.dataDir(), () -> {
            try {
                return LocalInspection.identity(root)
                        .map(ReplicaIdentity::replica)
                        .map(String::valueOf);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Optional<ReplicaReport> report() {
        return new Requests(store).report(replica());
    }

    ReplicaReport awaitReport(String what, Predicate<ReplicaReport> wanted) {
        return Await.get(() -> what + ": " + report(), () -> report().filter(wanted));
    }

    /// Port of `/livez` and `/readyz`.
    static int port(ChildProcess agent) {
        return Integer.parseInt(agent.awaitLine(Pattern.compile("serving /livez and /readyz.*?(\\d+)$"), BOUND)
                .group(1));
    }

    /// When the report was put, by its agent's clock.
    static Instant written(ReplicaReport report) {
        return Objects.requireNonNull(report.writtenAt());
    }

    /// What the metadata of an archive of ours says.
    ArchiveFacts facts(String name) {
        return Objects.requireNonNull(
                Catalogue.of(store).find(name).orElseThrow().facts());
    }

    static void line(ChildProcess agent, String regex) {
        agent.awaitLine(Pattern.compile(regex), BOUND);
    }

    /// Extracts the head into a folder.
    JellyfinFolders extractHead(String name) {
        Path target = work.resolve(name);
        String head = document().head().orElseThrow().name();
        cli().run("extract", head, target.toString()).expect(dev.jellykeep.agent.cli.ExitCode.OK);
        return JellyfinFolders.official(target);
    }

    private static Path directory(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
