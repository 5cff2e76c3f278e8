package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.Limits;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.agent.report.LineProgress;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.report.TerminalProgress;
import dev.jellykeep.agent.report.WebRequest;
import dev.jellykeep.agent.restore.Stager;
import dev.jellykeep.agent.snapshot.DatabaseCheck;
import dev.jellykeep.contract.settings.EcosystemVariable;
import dev.jellykeep.contract.settings.Parsed;
import dev.jellykeep.contract.settings.Problem;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import dev.jellykeep.store.folder.FolderStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/// One call of one command: what was asked, with which settings, and where answers go.
///
/// @param parsed settings from flags over environment
/// @param terminal a person watches standard error
record Invocation(
        ParseResult line,
        Parsed parsed,
        Map<String, String> environment,
        PrintStream out,
        PrintStream err,
        Journal journal,
        InstantSource clock,
        boolean terminal,
        String agent,
        Outside outside) {

    static final String CONNECTION_STRING = EcosystemVariable.AZURE_STORAGE_CONNECTION_STRING.name();

    Settings settings() {
        return parsed.settings();
    }

    boolean flag(String option) {
        return line.matchedOptionValue(option, Boolean.FALSE);
    }

    @Nullable
    String text(String option) {
        return line.matchedOptionValue(option, null);
    }

    /// A positional parameter by its place.
    @Nullable
    String parameter(int index) {
        return line.matchedPositionalValue(index, null);
    }

    /// @throws AgentException USAGE for an answer's shape that there isn't
    void requireKnownOutput() {
        String output = line.matchedOptionValue("--output", "table");
        if (!List.of("table", "json").contains(output)) {
            throw new AgentException(Reason.USAGE, "--output " + output + " is not known: use table or json");
        }
    }

    boolean json() {
        return "json".equals(line.matchedOptionValue("--output", "table"));
    }

    /// The reasons named by `--accept`.
    Set<Reason> accepted() {
        Set<Reason> accepted = EnumSet.noneOf(Reason.class);
        for (String name : line.matchedOptionValue("--accept", List.<String>of())) {
            accepted.add(Reason.acceptable(name));
        }
        return accepted;
    }

    /// The revision that this replica is of, as the platform says; null: not on the platform.
    @Nullable
    String revision() {
        String name = environment.getOrDefault("CONTAINER_APP_REVISION", "").strip();
        return name.isEmpty() ? null : name;
    }

    /// Refuses wrong and unknown settings, as is right at a prompt.
    void requireGoodSettings() {
        if (!parsed.problems().isEmpty()) {
            throw new AgentException(Reason.USAGE, parsed.problems().getFirst().sentence());
        }
        if (!parsed.unknown().isEmpty()) {
            throw new AgentException(Reason.USAGE, parsed.unknown().getFirst().sentence());
        }
    }

    private void require(List<Problem> missing) {
        if (!missing.isEmpty()) {
            throw new AgentException(Reason.USAGE, missing.getFirst().sentence());
        }
    }

    DataRoot dataRoot() {
        require(settings().app().missing());
        return DataRoot.of(
                Objects.requireNonNull(settings().app().dataDir()),
                Objects.requireNonNull(settings().app().configDir()));
    }

    /// @param patience how long one operation retries transient faults
    /// @param atPrompt `az login` may be used
    BlobStore openStore(Duration patience, boolean atPrompt) {
        return openStore(() -> patience, atPrompt);
    }

    /// @param patience how long one operation retries transient faults, asked at each
    /// @param atPrompt `az login` may be used
    BlobStore openStore(Supplier<Duration> patience, boolean atPrompt) {
        boolean connectionString =
                !environment.getOrDefault(CONNECTION_STRING, "").isBlank();
        require(settings().storage().missing(connectionString));
        Path folder = settings().storage().folder();
        return outside.stores().apply(folder != null ? folder(folder) : azure(patience, atPrompt));
    }

    private BlobStore folder(Path folder) {
        String prefix = settings().storage().prefix();
        return FolderStore.open(prefix.isEmpty() ? folder : folder.resolve(prefix));
    }

    private BlobStore azure(Supplier<Duration> patience, boolean atPrompt) {
        AzureLocation location = new AzureLocation(
                settings().storage().accountUrl(),
                Objects.requireNonNull(settings().storage().container()),
                settings().storage().prefix());
        return AzureBlobStore.open(
                location,
                Credential.fromEnvironment(environment, atPrompt),
                OutboundProxy.fromEnvironment(environment),
                StoreOptions.defaults().withDeadline(patience));
    }

    /// Requests to services that are told how backups go.
    WebRequest webRequest() {
        return new WebRequest(OutboundProxy.fromEnvironment(environment)::via);
    }

    /// @param quota bytes of ephemeral storage; null: only the disk counts
    Stager stager(BlobStore store, @Nullable Long quota, DatabaseCheck.Depth depth, LongFunction<Progress> progress) {
        Limits limits = Limits.of(
                settings().limits().maxArchiveEntries(), settings().limits().maxArchiveSize());
        return new Stager(store, limits, quota, depth, progress, clock);
    }

    /// Without a quota, showing what it does.
    Stager stager(BlobStore store, String what) {
        return stager(store, null, DatabaseCheck.Depth.WHOLE, bytes -> progress(what, bytes));
    }

    /// For transfers of the expected number of bytes.
    Progress progress(String what, long bytes) {
        return terminal ? new TerminalProgress(err, what, bytes) : new LineProgress(journal, what, bytes);
    }

    static int threads() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    }

    static boolean asRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
