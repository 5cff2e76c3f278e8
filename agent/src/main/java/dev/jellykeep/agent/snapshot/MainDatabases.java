package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.DataRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Copies of the databases that the guards judge, taken before anything else. Jellyfin keeps one
/// (`jellyfin.db`), up to 10.10 two (`library.db` as well).
///
/// @param copies by path
/// @param failure why a main database could not be copied; null if all were
public record MainDatabases(Map<String, Copy> copies, DatabaseCopy.@Nullable Result failure) {

    /// A private copy, checked by the first thread that asks.
    public static final class Copy {
        private final Path file;
        private @Nullable DatabaseFacts facts;

        Copy(Path file) {
            this.file = file;
        }

        public Path file() {
            return file;
        }

        /// What it turned out to be; takes as long as the check of the whole database.
        public synchronized DatabaseFacts facts() {
            DatabaseFacts known = facts == null ? DatabaseCheck.of(file) : facts;
            facts = known;
            return known;
        }
    }

    /// @param work private folder for the copies
    public static MainDatabases copy(DataRoot root, Scan scan, Path work, Duration patience) throws IOException {
        Map<String, Copy> copies = new LinkedHashMap<>();
        for (ScannedFile database : scan.databases()) {
            if (!root.roles().isMain(database.path())) {
                continue;
            }
            Path copy = work.resolve("main-" + copies.size() + ".db");
            DatabaseCopy.Result result = DatabaseCopy.copy(root.path().resolve(database.path()), copy, patience);
            if (!(result instanceof DatabaseCopy.Result.Copied)) {
                return new MainDatabases(copies, result);
            }
            copies.put(database.path(), new Copy(copy));
        }
        return new MainDatabases(copies, null);
    }

    /// As {@link Copy#facts}.
    ///
    /// @return null where there is no such main database
    public @Nullable DatabaseFacts facts(String path) {
        Copy copy = copies.get(path);
        return copy == null ? null : copy.facts();
    }
}
