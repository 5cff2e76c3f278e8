package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveWriter;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.DiskSpace;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.Comparison;
import dev.jellykeep.agent.snapshot.DatabaseCopy;
import dev.jellykeep.agent.snapshot.DatabaseFacts;
import dev.jellykeep.agent.snapshot.Guards;
import dev.jellykeep.agent.snapshot.MainDatabases;
import dev.jellykeep.agent.snapshot.Scan;
import dev.jellykeep.agent.snapshot.Scanner;
import dev.jellykeep.agent.snapshot.SystemXml;
import dev.jellykeep.agent.snapshot.TipIndex;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.glob.Globs;
import dev.jellykeep.contract.settings.GuardSettings;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes one backup: scan, main databases, guards, comparison, archive, upload. Nothing is staged in the
/// store before all guards have spoken. Promotion is the caller's.
public final class Backup implements BackupMaker {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BLOCK_BYTES = 4 << 20;
    private static final Set<Reason> WORTH_KEEPING = Set.of(Reason.INTEGRITY, Reason.SHRINK);

    private final Surroundings surroundings;
    private final BlobStore store;
    private final Workspace workspace;
    private volatile List<String> databases;

    /// What stays the same from backup to backup.
    ///
    /// @param quota bytes of ephemeral storage of the replica; null: unknown
    /// @param appVersion as far as it is known when a backup is made
    /// @param threads for compression
    /// @param progress made anew for each upload from its expected bytes
    public record Surroundings(
            DataRoot root,
            Globs globs,
            GuardSettings guards,
            @Nullable Long quota,
            Supplier<Optional<String>> appVersion,
            String agent,
            int threads,
            InstantSource clock,
            Journal journal,
            LongFunction<Progress> progress) {}

    public Backup(Surroundings surroundings, BlobStore store, Workspace workspace) {
        this.surroundings = surroundings;
        this.store = store;
        this.workspace = workspace;
        var roles = surroundings.root().roles();
        this.databases = List.of(roles.mainDatabase(), roles.libraryDatabase());
    }

    /// Every database that is known: those of the last scan, the main ones before there was any. Relative paths.
    public List<String> databases() {
        return databases;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // only who gets the processor first hangs on it
    public BackupResult make(BackupRequest request) {
        Path work = workspace.fresh("work");
        int priority = Thread.currentThread().getPriority();
        try {
            // Whoever watches a film needs the processor first; at the end nobody does, and time is short. Threads
            // made meanwhile inherit it.
            if (!request.keepAnyRefused()) {
                Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
            }
            return make(request, work);
        } catch (IOException e) {
            throw DiskSpace.failure("the backup of " + surroundings.root().path() + " failed", e);
        } finally {
            Thread.currentThread().setPriority(priority);
            workspace.fresh("work");
        }
    }

    private BackupResult make(BackupRequest request, Path work) throws IOException {
        DataRoot root = surroundings.root();
        Scan scan = Scanner.scan(root, surroundings.globs(), work.resolve("scan"));
        remember(scan);
        long copies = scan.databases().stream()
                .filter(each -> root.roles().isMain(each.path()))
                .mapToLong(each -> Math.max(
                        each.stat().size(), each.wal() == null ? 0 : each.wal().size()))
                .sum();
        DiskSpace.require(work, Math.max(copies, scan.largestDatabase()), scan.bytes(), surroundings.quota());
        MainDatabases mains = MainDatabases.copy(root, scan, work, PATIENCE);
        if (mains.failure() != null) {
            return judged(request, scan, mains, work, verdict(request, scan, mains));
        }
        try (Judgement judgement = Judgement.begin(() -> verdict(request, scan, mains))) {
            return request.evenIfUnchanged() || isNews(request, scan, mains, work)
                    ? upload(request, scan, mains, work, request.name(), null, judgement)
                    : judged(request, scan, mains, work, judgement.await());
        } catch (Gate.Refused e) {
            return judged(request, scan, mains, work, e.verdict());
        }
    }

    private BackupResult judged(
            BackupRequest request, Scan scan, MainDatabases mains, Path work, Guards.Verdict verdict)
            throws IOException {
        return switch (verdict) {
            case Guards.Verdict.Passed() -> new BackupResult.Unchanged();
            case Guards.Verdict.Refused(Reason reason, String sentence) ->
                refused(request, scan, mains, work, reason, sentence);
        };
    }

    private boolean isNews(BackupRequest request, Scan scan, MainDatabases mains, Path work) throws IOException {
        return new Comparison(surroundings.root(), mains, work, PATIENCE)
                .firstChange(
                        scan,
                        index(),
                        request.line().tip(),
                        contentOf(request.line().facts()))
                .isPresent();
    }

    private void remember(Scan scan) {
        var roles = surroundings.root().roles();
        databases = Stream.concat(
                        Stream.of(roles.mainDatabase(), roles.libraryDatabase()),
                        scan.databases().stream().map(each -> each.path()))
                .distinct()
                .toList();
    }

    private Path index() {
        return workspace.file(TipIndex.FILE);
    }

    private static @Nullable String contentOf(@Nullable ArchiveFacts facts) {
        return facts == null ? null : facts.content();
    }

    private Guards.Verdict verdict(BackupRequest request, Scan scan, MainDatabases mains) throws IOException {
        DataRoot root = surroundings.root();
        switch (mains.failure()) {
            case null -> {}
            case DatabaseCopy.Result.HotJournal() -> {
                return new Guards.Verdict.Refused(
                        Reason.HOT_JOURNAL,
                        "the main database has an unfinished transaction in its journal: start Jellyfin once");
            }
            case DatabaseCopy.Result.Busy() ->
                throw new AgentException(
                        Reason.BUSY_DATABASE,
                        "the main database stayed locked for " + PATIENCE.toSeconds()
                                + " s: is `lockingmode` EXCLUSIVE in Jellyfin's database.xml?");
            case DatabaseCopy.Result.Unusable(String why) -> {
                return new Guards.Verdict.Refused(Reason.INTEGRITY, "a main database can't be read: " + why);
            }
            case DatabaseCopy.Result.Copied() -> {}
        }
        GuardSettings guards = surroundings.guards();
        if (guards.anyData()) {
            return new Guards.Verdict.Passed();
        }
        Guards.Evidence evidence = new Guards.Evidence(
                mains.facts(root.roles().mainDatabase()),
                mains.facts(root.roles().libraryDatabase()),
                SystemXml.wizard(root.systemXml()),
                scan.bytes(),
                guards.minSize(),
                guards.maxShrinkPercent(),
                tipBytes(request));
        Guards.Verdict verdict = Guards.judge(evidence, request.accepted());
        String configuration = root.roles().systemXml();
        return verdict instanceof Guards.Verdict.Passed && !surroundings.globs().selects(configuration)
                ? new Guards.Verdict.Refused(
                        Reason.WIZARD,
                        configuration + " is excluded, and without it no server comes back but with its setup wizard:"
                                + " correct JELLYKEEP_EXCLUDE or JELLYKEEP_INCLUDE")
                : verdict;
    }

    private @Nullable Long tipBytes(BackupRequest request) throws IOException {
        Optional<TipIndex.Reader> rows = TipIndex.open(index(), request.line().tip());
        if (rows.isEmpty()) {
            ArchiveFacts facts = request.line().facts();
            return facts == null ? null : Long.valueOf(facts.bytes());
        }
        long bytes = 0;
        try (TipIndex.Reader reader = rows.get()) {
            for (Optional<TipIndex.Row> row = reader.next(); row.isPresent(); row = reader.next()) {
                if (surroundings.globs().selects(row.get().path())) {
                    bytes += row.get().digest() == null ? 0 : row.get().size();
                }
            }
        }
        return bytes;
    }

    private BackupResult refused(
            BackupRequest request, Scan scan, MainDatabases mains, Path work, Reason reason, String sentence)
            throws IOException {
        DatabaseFacts main = mains.facts(surroundings.root().roles().mainDatabase());
        boolean hasUsers = main != null && main.users() != null && main.users() > 0;
        String suspect = request.suspectName();
        boolean copied = mains.failure() == null || mains.failure() instanceof DatabaseCopy.Result.Unusable;
        boolean mattersAtTheEnd =
                request.keepAnyRefused() && (hasUsers || request.line().tip() != null);
        boolean keep = copied && (WORTH_KEEPING.contains(reason) || mattersAtTheEnd);
        if (suspect == null || !keep) {
            return new BackupResult.Refused(reason, sentence, null);
        }
        BackupResult.Stored kept = upload(request, scan, mains, work, suspect, reason, null);
        return new BackupResult.Refused(reason, sentence, kept.name());
    }

    /// @param judgement null: the guards have refused it, for the reason `suspect`
    private BackupResult.Stored upload(
            BackupRequest request,
            Scan scan,
            MainDatabases mains,
            Path work,
            String name,
            @Nullable Reason suspect,
            @Nullable Judgement judgement)
            throws IOException {
        long epoch = suspect == null ? request.epoch() : 0;
        ArchiveHeader header = new ArchiveHeader(
                request.lineage(),
                request.owner(),
                epoch,
                request.sequence(),
                request.line().tip(),
                request.kind(),
                surroundings.appVersion().get().orElse(null),
                surroundings.root().roles(),
                surroundings.clock().instant(),
                surroundings.agent());
        Path indexDraft = workspace.file(TipIndex.FILE + ".next");
        try (Gate gate = new Gate(() -> store.begin(name, BLOCK_BYTES), judgement);
                ArchiveWriter archive = new ArchiveWriter(
                        gate,
                        header,
                        work,
                        surroundings.threads(),
                        surroundings.progress().apply(scan.bytes()));
                TipIndex.Writer index = new TipIndex.Writer(indexDraft)) {
            SnapshotArchive snapshot = new SnapshotArchive(
                    surroundings.root(), scan, mains, work, PATIENCE, surroundings.journal(), gate, archive, index);
            String content = snapshot.write();
            if (judgement != null && !surroundings.guards().anyData()) {
                snapshot.requireConfiguration();
            }
            ArchiveWriter.Finished finished = archive.finish();
            DatabaseFacts main = mains.facts(surroundings.root().roles().mainDatabase());
            ArchiveFacts facts = new ArchiveFacts(
                    header.lineage(),
                    header.owner(),
                    epoch,
                    header.sequence(),
                    header.parent(),
                    header.kind(),
                    header.taken(),
                    finished.sha256(),
                    content,
                    finished.bytes(),
                    finished.entries(),
                    main == null || main.users() == null ? 0 : main.users(),
                    main == null ? null : main.migrationHead(),
                    header.appVersion(),
                    request.pinToken(),
                    suspect == null ? null : suspect.name());
            ArchiveCommit.commit(store, gate.finish(), name, facts);
            if (suspect == null) {
                index.finish(name, content);
            }
            return new BackupResult.Stored(name, facts, finished.compressed());
        }
    }

    /// Makes the last stored archive's index the tip's.
    @Override
    public void registered() {
        Path next = workspace.file(TipIndex.FILE + ".next");
        try {
            if (Files.exists(next)) {
                Files.move(next, index(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            surroundings.journal().debug("tip index not kept", "why", String.valueOf(e.getMessage()));
        }
    }
}
