package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Listing;
import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.SecondTry;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.agent.snapshot.SqliteUri;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// Looks at the data root. Opens files, so not while this process has a SQLite connection open.
public final class LocalInspection {
    private LocalInspection() {}

    public static LocalData look(DataRoot root) {
        try {
            Optional<ReplicaIdentity> identity = identity(root);
            if (identity.isPresent()) {
                return identity.get().complete()
                        ? new LocalData.Ours(identity.get(), usable(root.mainDatabase()))
                        : new LocalData.Empty(identity.get());
            }
            return hasData(root) ? new LocalData.Unknown() : new LocalData.Empty(null);
        } catch (IOException e) {
            throw new AgentException(
                    Reason.IO, "the data root " + root.path() + " can't be read: " + e.getMessage(), e);
        }
    }

    /// The identity file, if there is one.
    ///
    /// @throws AgentException if it is there and can't be understood
    public static Optional<ReplicaIdentity> identity(DataRoot root) throws IOException {
        Path file = root.path().resolve(ReplicaIdentity.FILE);
        if (!Presence.isThere(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(ReplicaIdentity.parse(SecondTry.of(() -> Files.readAllBytes(file))));
        } catch (JsonFormatException e) {
            throw new AgentException(
                    Reason.UNKNOWN_DATA,
                    file + " can't be understood (" + e.getMessage() + "): move the data away, or remove that file and"
                            + " say --accept UNKNOWN_DATA",
                    e);
        }
    }

    /// A SQLite database or `system.xml` in one of the two folders.
    public static boolean hasData(DataRoot root) throws IOException {
        if (Presence.isThere(root.systemXml(), LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        for (Path folder : List.of(root.dataDir(), root.dataDir().resolve("data"), root.configDir())) {
            if (holdsDatabase(folder)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsDatabase(Path folder) throws IOException {
        if (!Presence.isFolder(folder)) {
            return false;
        }
        for (Path file : Listing.of(folder)) {
            if (isFile(file) && isDatabase(file)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFile(Path file) throws IOException {
        try {
            return Presence.isFile(file);
        } catch (AccessDeniedException closed) {
            // a link to where we may not go
            return false;
        }
    }

    /// Empty beside a log, too: what was committed is in that then.
    static boolean isDatabase(Path file) throws IOException {
        return SecondTry.of(() ->
                Files.size(file) == 0 ? Presence.isThere(SqliteFiles.side(file, "-wal")) : SqliteFiles.hasMagic(file));
    }

    /// A locked database or one with a hot journal is usable: only its owner may touch it.
    static boolean usable(Path database) throws IOException {
        if (!Presence.isFile(database) || !isDatabase(database)) {
            return false;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + SqliteUri.readOnly(database));
                Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
            return true;
        } catch (SQLException e) {
            int primary = e.getErrorCode() & 0xFF;
            return primary != SQLiteErrorCode.SQLITE_CORRUPT.code && primary != SQLiteErrorCode.SQLITE_NOTADB.code;
        }
    }
}
