package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.archive.Extracted;
import dev.jellykeep.agent.archive.Extraction;
import dev.jellykeep.agent.archive.Limits;
import dev.jellykeep.agent.archive.PassingDatabases;
import dev.jellykeep.agent.data.DiskSpace;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.snapshot.DatabaseCheck;
import dev.jellykeep.agent.snapshot.DatabaseFacts;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Proves beside a running server that an archive can be restored: every digest and the manifest while it streams,
/// every
/// database opened and checked, one at a time. Needs room for the largest database, and none of the server's.
public final class Drill {
    private final BlobStore store;
    private final Limits limits;
    private final @Nullable Long quota;
    private final LongSupplier used;
    private final InstantSource clock;
    private final String agent;

    /// @param quota bytes of ephemeral storage of the replica; null: only the disk counts
    /// @param used bytes of it that are taken now
    public Drill(
            BlobStore store,
            Limits limits,
            @Nullable Long quota,
            LongSupplier used,
            InstantSource clock,
            String agent) {
        this.store = store;
        this.limits = limits;
        this.quota = quota;
        this.used = used;
        this.clock = clock;
        this.agent = agent;
    }

    /// @param document which lists it
    /// @param work private folder, empty
    /// @param progress may throw, which ends the drill
    /// @return also where the archive is found bad
    /// @throws AgentException if it can't be tried here: NO_SPACE, or an older format
    public Proof of(LineageDocument document, Catalogue catalogue, String name, Path work, Progress progress)
            throws IOException {
        long began = clock.millis();
        Catalogue.Item item = catalogue.find(name).orElse(null);
        ArchiveFacts facts = item == null ? null : item.facts();
        if (item != null && facts == null) {
            throw new AgentException(
                    Reason.USAGE,
                    name + " is of an older or newer format, which a drill can't try: run `jellykeep verify " + name
                            + "` elsewhere");
        }
        if (item == null || facts == null) {
            return proof(name, began, false, "the archive is gone", 0, 0, -1);
        }
        Map<String, DatabaseFacts> found = new HashMap<>();
        long taken = used.getAsLong();
        long compressed = item.blob().length();
        try (InputStream in = store.open(name, 0, compressed)) {
            Limits bounded = limits.withBytes(Provenance.bytes(facts, compressed));
            Extracted extracted =
                    Extraction.tryOut(in, passing(work, taken, found), work.resolve("seen"), bounded, progress);
            Provenance.requireFacts(facts, extracted);
            Provenance.requireListed(document, catalogue, name, extracted.sha256());
            ArchiveHeader header = Objects.requireNonNull(extracted.header());
            compare(extracted, found);
            DatabaseFacts main = found.get(header.roles().mainDatabase());
            long users = main == null || main.users() == null ? -1 : main.users();
            return proof(
                    name,
                    began,
                    true,
                    extracted.entries() + " entries, all digests match, " + found.size() + " databases are whole",
                    extracted.bytes(),
                    found.size(),
                    users);
        } catch (ArchiveRefused e) {
            return proof(name, began, false, String.valueOf(e.getMessage()), facts.bytes(), found.size(), -1);
        }
    }

    private PassingDatabases passing(Path work, long taken, Map<String, DatabaseFacts> found) {
        return new PassingDatabases() {
            @Override
            public Path room(String path, long size) {
                try {
                    DiskSpace.require(work, size, taken, quota);
                } catch (AgentException e) {
                    throw new AgentException(
                            e.reason(),
                            "the drill needs room for " + path + ": " + e.getMessage()
                                    + "; or run `jellykeep verify` elsewhere, which leaves the same proof",
                            e);
                }
                return work.resolve("database");
            }

            @Override
            public void arrived(String path, Path file) throws IOException {
                found.put(path, DatabaseCheck.of(file));
                Files.delete(file);
            }
        };
    }

    private static void compare(Extracted extracted, Map<String, DatabaseFacts> found) throws ArchiveRefused {
        for (DatabaseRecord said : extracted.databases()) {
            if (said.unverified() != null) {
                continue;
            }
            DatabaseFacts facts = found.get(said.path());
            if (facts == null) {
                throw ArchiveRefused.damaged("its database " + said.path() + " is no SQLite database");
            }
            StagedDatabases.require(said, facts, Set.of());
        }
    }

    private Proof proof(String name, long began, boolean good, String detail, long bytes, long databases, long users) {
        return new Proof(
                name,
                Proof.How.DRILL,
                good,
                detail,
                clock.instant(),
                clock.millis() - began,
                bytes,
                databases,
                users,
                agent);
    }
}
