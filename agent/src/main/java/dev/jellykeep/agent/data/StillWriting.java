package dev.jellykeep.agent.data;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Sizes and times of every database and its log, to tell whether somebody still writes. Only `stat`, never an
/// open.
///
/// @param files relative path → what it was; without files that are missing or have no bytes (a read-only look
///     at a database leaves an empty log behind)
public record StillWriting(Map<String, Look> files) {
    /// One file, without what merely looking at it would change.
    ///
    /// @param modified nanoseconds since 1970
    public record Look(long size, long modified) {}

    public StillWriting {
        files = Map.copyOf(files);
    }

    /// @param databases paths relative to the data root
    public static StillWriting look(DataRoot root, List<String> databases) {
        Map<String, Look> files = new TreeMap<>();
        for (String path : databases) {
            Path database = root.path().resolve(path);
            for (Path file : List.of(database, SqliteFiles.side(database, "-wal"))) {
                look(file)
                        .ifPresent(
                                look -> files.put(root.path().relativize(file).toString(), look));
            }
        }
        return new StillWriting(files);
    }

    private static Optional<Look> look(Path file) {
        try {
            return FileStat.of(file)
                    .filter(stat -> stat.size() > 0)
                    .map(stat -> new Look(stat.size(), stat.modified()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Were all last written at least `age` before `now`?
    public boolean isOlderThan(Duration age, Instant now) {
        long limit = TimeUnit.MILLISECONDS.toNanos(now.minus(age).toEpochMilli());
        return files.values().stream().allMatch(look -> look.modified() < limit);
    }

    /// Was any written after that moment?
    public boolean writtenAfter(Instant moment) {
        long limit = TimeUnit.MILLISECONDS.toNanos(moment.toEpochMilli());
        return files.values().stream().anyMatch(look -> look.modified() > limit);
    }

    /// The same files, and nothing moved between the two looks.
    public boolean sameAs(StillWriting other) {
        return files.equals(other.files);
    }

    /// Did a file of the earlier look, or a log that its database has now, move? Databases that only this look knows
    /// don't count.
    public boolean movedSince(StillWriting earlier) {
        boolean changed = earlier.files.entrySet().stream()
                .anyMatch(each -> !each.getValue().equals(files.get(each.getKey())));
        return changed || files.keySet().stream().anyMatch(file -> isNewLog(file, earlier));
    }

    private static boolean isNewLog(String file, StillWriting earlier) {
        String database = databaseOf(file);
        return database != null && earlier.files.containsKey(database) && !earlier.files.containsKey(file);
    }

    private static @Nullable String databaseOf(String file) {
        return file.endsWith("-wal") ? file.substring(0, file.length() - "-wal".length()) : null;
    }
}
