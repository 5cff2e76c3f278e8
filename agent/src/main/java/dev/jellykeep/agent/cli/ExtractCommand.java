package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.agent.restore.NotABackupException;
import dev.jellykeep.agent.restore.Placement;
import dev.jellykeep.agent.restore.Stager;
import dev.jellykeep.contract.archive.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;

/// `extract`: any archive, or one file of it, into any empty folder.
final class ExtractCommand implements Command {
    @Override
    public String name() {
        return "extract";
    }

    @Override
    public String summary() {
        return "Restores any archive, or one file of it, to any empty folder.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.accept());
        spec.addOption(Options.text("--file", "PATH", "Only this file of the archive."));
        spec.addPositional(Options.name(0, "NAME", "1", "The archive, as `list` names it."));
        spec.addPositional(Options.name(1, "TARGET", "1", "The folder; made where it is missing, must be empty."));
    }

    @Override
    public ExitCode run(Invocation invocation) throws IOException {
        String name = Objects.requireNonNull(invocation.parameter(0));
        Path target = Path.of(Objects.requireNonNull(invocation.parameter(1)))
                .toAbsolutePath()
                .normalize();
        requireEmpty(target);
        try (Session session = Session.open(invocation)) {
            if (session.catalogue().find(name).isEmpty() && !session.catalogue().isLegacyFolder(name)) {
                throw new AgentException(
                        Reason.NO_GOOD_ARCHIVE,
                        "there is no archive " + name + " in " + session.store().describe() + ": see `jellykeep list`");
            }
            Files.createDirectories(target);
            return extract(invocation, session, name, target);
        }
    }

    private static void requireEmpty(Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isDirectory(target)) {
                throw new AgentException(Reason.USAGE, target + " is not a folder: name an empty one");
            }
            try (var entries = Files.newDirectoryStream(target)) {
                if (entries.iterator().hasNext()) {
                    throw new AgentException(Reason.USAGE, target + " is not empty: name an empty folder");
                }
            }
        }
    }

    private static ExitCode extract(Invocation invocation, Session session, String name, Path target)
            throws IOException {
        DataRoot root = new DataRoot(target, new Roles("", "config"));
        Path work = root.own().resolve("staging");
        try {
            Stager stager = invocation.stager(session.store(), "extracting");
            Stager.Staged staged = stager.stage(session.catalogue(), name, work, root.roles(), invocation.accepted())
                    .asRooted();
            String file = invocation.text("--file");
            if (file != null) {
                one(staged, file, target);
                invocation.out().println("extracted " + file + " to " + target);
                return ExitCode.OK;
            }
            Placement.Placed placed = new Placement(root, Invocation.asRoot()).place(staged.staging());
            invocation
                    .out()
                    .println("extracted " + placed.placed() + " files ("
                            + ByteText.of(staged.staging().extracted().bytes()) + ") to " + target);
            return ExitCode.OK;
        } catch (ArchiveRefused e) {
            throw new AgentException(e.reason(), name + " can't be used: " + e.getMessage(), e);
        } catch (NotABackupException e) {
            throw new AgentException(Reason.NO_GOOD_ARCHIVE, name + " is not a backup: " + e.getMessage(), e);
        } finally {
            Workspace.deleteTree(root.own());
        }
    }

    private static void one(Stager.Staged staged, String file, Path target) throws IOException {
        Path tree = staged.staging().tree();
        Path source = tree.resolve(file).normalize();
        if (!source.startsWith(tree) || !Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)) {
            throw new AgentException(
                    Reason.USAGE, "the archive holds no file " + file + ": paths are relative to the data root");
        }
        Files.move(source, target.resolve(String.valueOf(source.getFileName())));
    }
}
