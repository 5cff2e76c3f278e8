package dev.jellykeep.agent.data;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Sizes and times of every database and its log, to tell whether somebody still writes. Only `stat`, never an
/// open.
///
/// @param stats in the order of the files asked for; empty where a file is missing or has no bytes (a read-only
///     look at a
///     database leaves an empty log behind)
public record StillWriting(List<Optional<FileStat>> stats) {
    public StillWriting {
        stats = List.copyOf(stats);
    }

    /// @param databases paths relative to the data root
    public static StillWriting look(DataRoot root, List<String> databases) {
        List<Optional<FileStat>> stats = new ArrayList<>();
        for (String path : databases) {
            Path database = root.path().resolve(path);
            for (Path file : List.of(database, SqliteFiles.side(database, "-wal"))) {
                try {
                    stats.add(FileStat.of(file).filter(stat -> stat.size() > 0));
                } catch (IOException e) {
                    stats.add(Optional.empty());
                }
            }
        }
        return new StillWriting(stats);
    }

    /// Were all last written at least `age` before `now`?
    public boolean isOlderThan(Duration age, Instant now) {
        long limit = TimeUnit.MILLISECONDS.toNanos(now.minus(age).toEpochMilli());
        return stats.stream().flatMap(Optional::stream).allMatch(stat -> stat.modified() < limit);
    }

    /// Nothing moved between the two looks.
    public boolean sameAs(StillWriting other) {
        if (stats.size() != other.stats.size()) {
            return false;
        }
        for (int i = 0; i < stats.size(); i++) {
            Optional<FileStat> left = stats.get(i);
            Optional<FileStat> right = other.stats.get(i);
            boolean same = left.isPresent() == right.isPresent()
                    && left.map(FileStat::size).equals(right.map(FileStat::size))
                    && left.map(FileStat::modified).equals(right.map(FileStat::modified));
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
