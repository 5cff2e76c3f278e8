package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.restore.NotABackupException;
import dev.jellykeep.agent.restore.Stager;
import dev.jellykeep.agent.snapshot.DatabaseDifference;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `forks show`: downloads a fork's last archive and the head, and says what the one holds that the other doesn't.
final class ForkShown {
    private static final int MOST_FILES = 20;

    private ForkShown() {}

    static ExitCode print(Invocation invocation, Session session, String name) throws IOException {
        LineageDocument document = session.present().document();
        ForkList fork = ForkList.find(document, session.catalogue(), name)
                .orElseThrow(() -> new AgentException(
                        Reason.USAGE,
                        "there is no fork that ends with " + name + " and no such suspect: see `jellykeep forks`"));
        String head = document.head()
                .map(Listed::name)
                .orElseThrow(() -> new AgentException(
                        Reason.FORKS_ONLY,
                        "the lineage in " + session.store().describe()
                                + " has no head to compare with: choose one with `jellykeep promote NAME`"));
        Path work = Files.createTempDirectory("jellykeep-forks-");
        try {
            Tree here = stage(invocation, session, name, work.resolve("fork"));
            Tree there = stage(invocation, session, head, work.resolve("head"));
            say(invocation, session, fork, head, here, there);
            return ExitCode.OK;
        } finally {
            Workspace.deleteTree(work);
        }
    }

    /// One archive's content.
    private record Tree(Path folder, Set<String> databases) {}

    private static Tree stage(Invocation invocation, Session session, String name, Path work) throws IOException {
        try {
            // Nothing of it is started, so what a restore would ask a person for is no matter here.
            Stager.Staged staged = invocation
                    .stager(session.store(), "reading")
                    .stage(
                            session.catalogue(),
                            name,
                            work,
                            new Roles("", "config"),
                            EnumSet.of(Reason.WIZARD, Reason.INTEGRITY));
            return new Tree(
                    staged.staging().tree(),
                    staged.staging().extracted().databases().stream()
                            .map(DatabaseRecord::path)
                            .collect(Collectors.toCollection(TreeSet::new)));
        } catch (ArchiveRefused e) {
            throw new AgentException(e.reason(), name + " can't be read: " + e.getMessage(), e);
        } catch (NotABackupException e) {
            throw new AgentException(Reason.NO_GOOD_ARCHIVE, name + " is not a backup: " + e.getMessage(), e);
        }
    }

    private static void say(Invocation invocation, Session session, ForkList fork, String head, Tree here, Tree there)
            throws IOException {
        JsonFields json = fork.json(session.catalogue()).put("comparedWith", head);
        List<JsonFields> tables = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        Set<String> both = new TreeSet<>(here.databases);
        both.addAll(there.databases);
        for (String path : both) {
            if (!here.databases.contains(path) || !there.databases.contains(path)) {
                lines.add(path + ": the whole database is only " + (here.databases.contains(path) ? "here" : "there"));
                continue;
            }
            for (DatabaseDifference each : differences(here, there, path)) {
                lines.add(path + ", " + each.table() + ": " + each.onlyHere() + " rows only here, " + each.onlyThere()
                        + " only in the head");
                tables.add(new JsonFields()
                        .put("database", path)
                        .put("table", each.table())
                        .put("onlyHere", each.onlyHere())
                        .put("onlyInHead", each.onlyThere()));
            }
        }
        List<String> files = new ArrayList<>();
        different(here, there, files);
        absent(there, here, files);
        json.put("tables", tables).put("files", files);
        if (invocation.json()) {
            invocation.out().println(json);
            return;
        }
        invocation
                .out()
                .println(fork.name() + ": " + fork.is() + ", " + fork.archives().size() + " archives from "
                        + fork.from().map(String::valueOf).orElse("?") + " to "
                        + fork.to().map(String::valueOf).orElse("?") + ", left the line after "
                        + (fork.base() == null ? "nothing that is known" : fork.base()));
        invocation.out().println("compared with the head, " + head + ":");
        lines.forEach(line -> invocation.out().println("  " + line));
        files.stream().limit(MOST_FILES).forEach(line -> invocation.out().println("  " + line));
        if (files.size() > MOST_FILES) {
            invocation.out().println("  and " + (files.size() - MOST_FILES) + " more files: see --output json");
        }
        if (lines.isEmpty() && files.isEmpty()) {
            invocation.out().println("  the same: it holds nothing that the head does not");
        }
    }

    private static List<DatabaseDifference> differences(Tree here, Tree there, String path) {
        try {
            return DatabaseDifference.between(here.folder.resolve(path), there.folder.resolve(path));
        } catch (SQLException e) {
            throw new AgentException(
                    Reason.INTEGRITY,
                    path + " can't be compared: " + e.getMessage() + ": extract both with `jellykeep extract`",
                    e);
        }
    }

    private static void different(Tree here, Tree there, List<String> found) throws IOException {
        try (Stream<Path> files = Files.walk(here.folder)) {
            for (Path file : (Iterable<Path>) files.filter(ForkShown::isFile)::iterator) {
                String path = here.folder.relativize(file).toString();
                Path other = there.folder.resolve(path);
                if (here.databases.contains(path)) {
                    continue;
                }
                if (!isFile(other)) {
                    found.add(path + ": only here");
                } else if (Files.mismatch(file, other) >= 0) {
                    found.add(path + ": differs");
                }
            }
        }
    }

    private static void absent(Tree there, Tree here, List<String> found) throws IOException {
        try (Stream<Path> files = Files.walk(there.folder)) {
            for (Path file : (Iterable<Path>) files.filter(ForkShown::isFile)::iterator) {
                String path = there.folder.relativize(file).toString();
                if (!there.databases.contains(path) && !isFile(here.folder.resolve(path))) {
                    found.add(path + ": only in the head");
                }
            }
        }
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }
}
