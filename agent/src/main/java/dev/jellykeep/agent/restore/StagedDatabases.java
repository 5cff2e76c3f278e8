package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.archive.Extracted;
import dev.jellykeep.agent.archive.SeenEntries;
import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.agent.snapshot.DatabaseCheck;
import dev.jellykeep.agent.snapshot.DatabaseFacts;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Opens every database of an extracted archive and holds it against the manifest.
public final class StagedDatabases {
    private StagedDatabases() {}

    /// Paths of all files in the archive.
    public static List<String> files(Path seen) throws IOException {
        List<String> paths = new ArrayList<>();
        try (SeenEntries.Reader list = new SeenEntries.Reader(seen)) {
            for (Optional<SeenEntries.Seen> next = list.next(); next.isPresent(); next = list.next()) {
                if (next.get().entry().type() != EntryType.DIRECTORY) {
                    paths.add(next.get().entry().path());
                }
            }
        }
        return paths;
    }

    /// The databases among them.
    static List<String> databases(Path tree, List<String> files) throws IOException {
        List<String> databases = new ArrayList<>();
        for (String path : files) {
            Path file = tree.resolve(path);
            if (!Presence.isFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            boolean emptyWithLog = Files.size(file) == 0 && Presence.isThere(SqliteFiles.side(file, "-wal"));
            if (emptyWithLog || SqliteFiles.hasMagic(file)) {
                databases.add(path);
            }
        }
        return databases;
    }

    /// Checks the databases that the manifest vouches for. It names only digests that the extraction has found again,
    /// byte for byte.
    ///
    /// @param accepted INTEGRITY lets damaged ones pass
    /// @throws ArchiveRefused if one isn't what the manifest says
    public static void checkNative(Path tree, Extracted extracted, Set<Reason> accepted, DatabaseCheck.Depth depth)
            throws ArchiveRefused {
        for (DatabaseRecord said : extracted.databases()) {
            if (said.unverified() != null) {
                continue;
            }
            require(said, DatabaseCheck.of(tree.resolve(said.path()), depth), accepted);
        }
    }

    /// @param accepted INTEGRITY lets a damaged one pass
    /// @throws ArchiveRefused if it isn't what the manifest says
    static void require(DatabaseRecord said, DatabaseFacts found, Set<Reason> accepted) throws ArchiveRefused {
        if (!found.ok() && !accepted.contains(Reason.INTEGRITY)) {
            throw ArchiveRefused.damaged("its database " + said.path() + ": " + found.complaint());
        }
        boolean same = found.pages() == said.pages()
                && Objects.equals(found.users(), said.users())
                && Objects.equals(found.migrationHead(), said.migrationHead());
        if (found.ok() && !same) {
            throw ArchiveRefused.damaged("its database " + said.path() + " is not what the manifest says");
        }
    }

    /// Checks an older tool's main database after its recovery.
    ///
    /// @throws ArchiveRefused if it is damaged or holds no administrator
    static DatabaseFacts checkOlder(Path database, Set<Reason> accepted) throws ArchiveRefused {
        DatabaseFacts found = DatabaseCheck.of(database);
        if (!found.ok() && !accepted.contains(Reason.INTEGRITY)) {
            throw ArchiveRefused.damaged("its database: " + found.complaint());
        }
        Long administrators = found.administrators();
        if (found.ok() && (administrators == null || administrators == 0)) {
            throw ArchiveRefused.damaged("its database holds no administrator");
        }
        return found;
    }
}
