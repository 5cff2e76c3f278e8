package dev.jellykeep.agent.snapshot;

import java.nio.file.Path;

/// File URIs for SQLite. Source: sqlite.org/uri.html §3.
public final class SqliteUri {
    private SqliteUri() {}

    /// Reads through the log, never writes.
    public static String readOnly(Path database) {
        return uri(database) + "?mode=ro";
    }

    /// For a private file that nobody changes: no locks, no log, no side files.
    public static String immutable(Path database) {
        return uri(database) + "?mode=ro&immutable=1";
    }

    /// Reads and writes; never creates.
    public static String readWrite(Path database) {
        return uri(database) + "?mode=rw";
    }

    /// Creates it where it isn't there.
    public static String created(Path database) {
        return uri(database) + "?mode=rwc";
    }

    private static String uri(Path database) {
        return "file:"
                + database.toAbsolutePath()
                        .toString()
                        .replace("%", "%25")
                        .replace("?", "%3f")
                        .replace("#", "%23");
    }
}
