package dev.jellykeep.agent.wild;

import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Holds a restored data root against the one that was saved: whatever is there is given back as it was, or the archive
/// says that it isn't in it.
final class GivenBack {
    private static final String OWN = ".jellykeep";

    private final Path saved;
    private final Path restored;
    private final Path scratch;
    private final Set<String> named = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    private GivenBack(Path saved, Path restored, Path scratch, List<Skipped> skipped) {
        this.saved = saved;
        this.restored = restored;
        this.scratch = scratch;
        skipped.forEach(each -> named.add(each.path().replaceFirst("/$", "")));
    }

    /// @param scratch private folder
    /// @param skipped what the archive says it leaves out
    /// @return one sentence for each difference
    static List<String> faults(Path saved, Path restored, Path scratch, List<Skipped> skipped) throws IOException {
        GivenBack comparison = new GivenBack(saved, restored, scratch, skipped);
        for (Path path : paths(saved)) {
            comparison.compare(path);
        }
        for (Path path : paths(restored)) {
            if (!Files.exists(saved.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                comparison.faults.add(path + " has come from nowhere");
            }
        }
        return comparison.faults;
    }

    private static List<Path> paths(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(root::relativize)
                    .filter(path -> !path.startsWith(OWN) && !path.toString().isEmpty())
                    .toList();
        }
    }

    private void compare(Path path) throws IOException {
        Optional<FileStat> after = FileStat.of(restored.resolve(path));
        if (after.isEmpty()) {
            if (!isNamed(path) && !isSideFile(path)) {
                faults.add(path + " is missing and not named as left out");
            }
            return;
        }
        if (isSideFile(path)) {
            // comes with its database, with the database's attributes
            content(path);
            return;
        }
        FileStat before = FileStat.of(saved.resolve(path)).orElseThrow();
        if (before.type() != after.get().type()) {
            faults.add(path + " is of another type");
        } else if (before.isLink()) {
            same(
                    path,
                    "target",
                    Files.readSymbolicLink(saved.resolve(path)),
                    Files.readSymbolicLink(restored.resolve(path)));
        } else {
            same(path, "mode", before.mode() & 0777, after.get().mode() & 0777);
        }
        same(path, "owner", before.uid(), after.get().uid());
        same(path, "group", before.gid(), after.get().gid());
        if (before.isRegular() && after.get().isRegular()) {
            content(path);
            same(path, "time", millis(before), millis(after.get()));
        }
    }

    private static long millis(FileStat stat) {
        return Math.floorDiv(stat.modified(), 1_000_000L);
    }

    private void same(Path path, String what, Object before, Object after) {
        if (!before.equals(after)) {
            faults.add(path + " has another " + what + ": " + after + " in place of " + before);
        }
    }

    private boolean isNamed(Path path) {
        for (Path each = path; each != null; each = each.getParent()) {
            if (named.contains(each.toString())) {
                return true;
            }
        }
        return named.contains(".") || isMisnamed(path);
    }

    /// A name that isn't text is shown with a sign in place of its bytes.
    private boolean isMisnamed(Path path) {
        return path.toString().indexOf('\uFFFD') >= 0;
    }

    private boolean isSideFile(Path path) throws IOException {
        Optional<String> owner = SqliteFiles.ownerOf(String.valueOf(path.getFileName()));
        return owner.isPresent()
                && Files.isRegularFile(saved.resolve(path), LinkOption.NOFOLLOW_LINKS)
                && isDatabase(saved.resolve(path).resolveSibling(owner.get()));
    }

    private static boolean isDatabase(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && (Files.size(file) == 0 || SqliteFiles.hasMagic(file));
    }

    private void content(Path path) throws IOException {
        if (Files.mismatch(saved.resolve(path), restored.resolve(path)) < 0) {
            return;
        }
        String before = rows(saved.resolve(path));
        String after = rows(restored.resolve(path));
        if (!isDatabase(saved.resolve(path)) || !before.equals(after)) {
            faults.add(path + " has another content: " + after + " in place of " + before);
        }
    }

    /// What a server would read, looked at in a copy.
    private String rows(Path database) throws IOException {
        Path copy = scratch.resolve("copy.db");
        for (String ending : List.of("", "-wal", "-journal")) {
            Path part = SqliteFiles.side(database, ending);
            if (Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(part, SqliteFiles.side(copy, ending));
            }
        }
        try (var connection = SqliteFile.open(copy)) {
            return SqliteFile.integrity(connection) + " "
                    + SqliteFile.text(connection, "SELECT count(*) || ' ' || sum(n) || ' ' || sum(length(s)) FROM t");
        } catch (SQLException e) {
            return "unreadable";
        } finally {
            Files.deleteIfExists(copy);
            SqliteFiles.removeSides(copy);
        }
    }
}
