package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.archive.Extracted;
import dev.jellykeep.agent.archive.Extraction;
import dev.jellykeep.agent.archive.FolderDownload;
import dev.jellykeep.agent.archive.Limits;
import dev.jellykeep.agent.data.DiskSpace;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.DatabaseCheck;
import dev.jellykeep.agent.snapshot.DatabaseFacts;
import dev.jellykeep.agent.snapshot.SystemXml;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Brings one archive into a private folder and proves that it is good: downloaded, digests compared,
/// recovered where it is of an older format, databases checked, wizard's flag judged.
public final class Stager {
    private static final int EXPECTED_RATIO = 4;

    private final BlobStore store;
    private final Limits limits;
    private final @Nullable Long quota;
    private final DatabaseCheck.Depth depth;
    private final LongFunction<Progress> progress;
    private final InstantSource clock;

    /// @param quota bytes of ephemeral storage; null: only the disk counts
    /// @param depth how databases of archives of ours are checked, once all digests have been found right
    public Stager(
            BlobStore store,
            Limits limits,
            @Nullable Long quota,
            DatabaseCheck.Depth depth,
            LongFunction<Progress> progress,
            InstantSource clock) {
        this.store = store;
        this.limits = limits;
        this.quota = quota;
        this.depth = depth;
        this.progress = progress;
        this.clock = clock;
    }

    /// A staged archive and what is known of it.
    ///
    /// @param users in the main database; -1 where there is none
    /// @param unrecovered databases of an older archive, beside the main one, that stay as they were copied
    public record Staged(Staging staging, long users, List<String> unrecovered, Duration transfer, Duration check) {
        /// An archive of ours keeps its own layout, whatever the target's is; an older one keeps what it was
        /// mapped to.
        public Staged asRooted() {
            return staging.extracted().header() == null
                    ? this
                    : new Staged(
                            new Staging(staging.tree(), staging.seen(), staging.extracted(), Staging.UNCHANGED, false),
                            users,
                            unrecovered,
                            transfer,
                            check);
        }
    }

    /// @param work private folder; emptied first
    /// @param to where the content is to go
    /// @throws ArchiveRefused if this archive can't be used; another may be
    /// @throws AgentException if a person has to decide (WIZARD), or there is no space
    public Staged stage(Catalogue catalogue, String name, Path work, Roles to, Set<Reason> accepted)
            throws IOException {
        Workspace.deleteTree(work);
        Path tree = Files.createDirectories(work.resolve("tree"));
        Path seen = work.resolve("seen");
        long began = clock.millis();
        Extracted extracted = catalogue.isLegacyFolder(name)
                ? folder(catalogue, name, tree, seen)
                : blob(catalogue, name, tree, seen);
        long transferred = clock.millis();
        ArchiveHeader header = extracted.header();
        Checked checked =
                header == null ? older(tree, seen, to, accepted) : ours(tree, extracted, header, to, accepted);
        return new Staged(
                new Staging(tree, seen, extracted, checked.mapping(), checked.synthesise()),
                checked.users(),
                checked.unrecovered(),
                Duration.ofMillis(transferred - began),
                Duration.ofMillis(clock.millis() - transferred));
    }

    private Extracted folder(Catalogue catalogue, String name, Path tree, Path seen) throws IOException {
        var blobs = Objects.requireNonNull(catalogue.folders().get(name));
        long bytes = blobs.stream().mapToLong(each -> each.length()).sum();
        DiskSpace.require(tree, bytes, 0, quota);
        return FolderDownload.download(store, name, blobs, tree, seen, limits, progress.apply(bytes));
    }

    private Extracted blob(Catalogue catalogue, String name, Path tree, Path seen) throws IOException {
        Catalogue.Item item = catalogue.find(name).orElseThrow(() -> ArchiveRefused.damaged("it is gone"));
        if (item.tooNew()) {
            throw ArchiveRefused.tooNew(2);
        }
        ArchiveFacts facts = item.facts();
        long compressed = item.blob().length();
        long bytes = facts == null ? compressed * EXPECTED_RATIO : Provenance.bytes(facts, compressed);
        DiskSpace.require(tree, bytes, 0, quota);
        Limits bounded = limits.withBytes(facts == null ? freeBytes(tree) : bytes);
        try (InputStream in = store.open(name, 0, compressed)) {
            Extracted extracted = Extraction.extract(in, tree, seen, bounded, progress.apply(bytes));
            if (facts != null) {
                Provenance.requireFacts(facts, extracted);
            }
            return extracted;
        }
    }

    private static long freeBytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private record Checked(Staging.PathMapping mapping, long users, List<String> unrecovered, boolean synthesise) {}

    private Checked ours(Path tree, Extracted extracted, ArchiveHeader header, Roles to, Set<Reason> accepted)
            throws ArchiveRefused {
        StagedDatabases.checkNative(tree, extracted, accepted, depth);
        DatabaseRecord main = extracted.databases().stream()
                .filter(each -> each.path().equals(header.roles().mainDatabase()))
                .findFirst()
                .orElse(null);
        long users = main == null || main.users() == null ? -1 : main.users();
        if (users > 0) {
            judgeWizard(SystemXml.wizard(tree.resolve(header.roles().systemXml())), accepted);
        }
        return new Checked(Staging.between(header.roles(), to), users, List.of(), false);
    }

    private static void judgeWizard(SystemXml.Wizard wizard, Set<Reason> accepted) {
        if (wizard != SystemXml.Wizard.COMPLETED && !accepted.contains(Reason.WIZARD)) {
            throw new AgentException(
                    Reason.WIZARD,
                    "the archive's database has users, but its system.xml does not say that the setup wizard is"
                            + " completed: the server would come up open to anyone; say --accept WIZARD to restore it"
                            + " all the same");
        }
    }

    private static Checked older(Path tree, Path seen, Roles to, Set<Reason> accepted) throws IOException {
        List<String> files = StagedDatabases.files(seen);
        List<String> databases = StagedDatabases.databases(tree, files);
        if (databases.isEmpty()) {
            throw NotABackupException.because("it holds no database");
        }
        Optional<Staging.PathMapping> mapping = OlderLayout.recognise(files, to);
        String main = databases.stream()
                .filter(path -> mapping.flatMap(known -> known.apply(path))
                        .filter(to.mainDatabase()::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> ArchiveRefused.damaged("it holds no jellyfin.db"));
        Recovery.recover(List.of(tree.resolve(main)));
        List<String> unrecovered = unrecovered(
                tree, databases.stream().filter(path -> !path.equals(main)).toList());
        DatabaseFacts facts = StagedDatabases.checkOlder(tree.resolve(main), accepted);
        Optional<String> systemXml = files.stream()
                .filter(path -> mapping.flatMap(known -> known.apply(path))
                        .filter(to.systemXml()::equals)
                        .isPresent())
                .findFirst();
        systemXml.ifPresent(path -> judgeWizard(SystemXml.wizard(tree.resolve(path)), accepted));
        long users = facts.users() == null ? -1 : facts.users();
        return new Checked(mapping.orElseThrow(), users, unrecovered, systemXml.isEmpty());
    }

    /// A plugin's broken database is no reason to give up the users' newest one.
    private static List<String> unrecovered(Path tree, List<String> databases) throws IOException {
        List<String> unrecovered = new ArrayList<>();
        for (String path : databases) {
            if (!Recovery.recoverOrLeave(tree.resolve(path), tree.resolveSibling("unrecovered"))) {
                unrecovered.add(path);
            }
        }
        return unrecovered;
    }
}
