package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Listing;
import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.agent.snapshot.SystemXml;
import dev.jellykeep.agent.snapshot.TipIndex;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// A data root on this machine's disk, which this process has locked.
public final class DiskTarget implements RestoreTarget {
    private final DataRoot root;
    private final Stager stager;
    private final Workspace workspace;
    private final Journal journal;
    private final InstantSource clock;
    private final boolean asRoot;

    /// @param asRoot owners can be set
    public DiskTarget(
            DataRoot root, Stager stager, Workspace workspace, Journal journal, InstantSource clock, boolean asRoot) {
        this.root = root;
        this.stager = stager;
        this.workspace = workspace;
        this.journal = journal;
        this.clock = clock;
        this.asRoot = asRoot;
    }

    @Override
    public LocalData look() {
        return LocalInspection.look(root);
    }

    @Override
    public void identify(ReplicaIdentity identity) throws IOException {
        IdentityFile.write(root, identity);
    }

    @Override
    public void undoUnfinished() throws IOException {
        new Placement(root, asRoot).undoUnfinished();
    }

    @Override
    public Prepared prepare(Catalogue catalogue, String name, Set<Reason> accepted) throws IOException {
        Stager.Staged staged = stager.stage(catalogue, name, staging(), root.roles(), accepted);
        return new Prepared() {
            @Override
            public String sha256() {
                return staged.staging().extracted().sha256();
            }

            @Override
            public List<String> unrecovered() {
                return staged.unrecovered();
            }

            @Override
            public Placed place(ReplicaIdentity started, boolean setAside, String content) throws IOException {
                return put(staged, name, started, setAside, content);
            }
        };
    }

    @Override
    public void discard() throws IOException {
        Workspace.deleteTree(staging());
    }

    private Path staging() {
        return workspace.file("staging");
    }

    private Placed put(Stager.Staged staged, String name, ReplicaIdentity started, boolean setAside, String content)
            throws IOException {
        if (setAside) {
            setAside();
        }
        Placement placement = new Placement(root, asRoot);
        placement.undoUnfinished();
        placement.makeRoom();
        IdentityFile.write(root, started);
        Placement.Placed placed = placement.place(staged.staging());
        boolean synthesise =
                staged.staging().synthesisedWizard() && !Presence.isThere(root.systemXml(), LinkOption.NOFOLLOW_LINKS);
        if (synthesise) {
            writeSystemXml();
        }
        writeIndex(staged, name, content);
        IdentityFile.write(root, started.completed());
        Files.deleteIfExists(workspace.file(Placement.MOVING));
        discard();
        return new Placed(
                staged.users(),
                staged.staging().extracted().entries(),
                staged.staging().extracted().bytes(),
                placed.left(),
                synthesise,
                staged.transfer(),
                staged.check());
    }

    private void writeSystemXml() throws IOException {
        Path file = root.systemXml();
        Files.createDirectories(root.configDir());
        // whole or not there: a retry takes one that is there for the app's own
        Path draft = workspace.file("system.xml.draft");
        Files.write(draft, SystemXml.completed());
        Placement.force(draft);
        if (asRoot && Presence.isThere(root.mainDatabase())) {
            Object owner = Files.getAttribute(root.mainDatabase(), "unix:uid");
            Object group = Files.getAttribute(root.mainDatabase(), "unix:gid");
            Files.setAttribute(draft, "unix:uid", owner);
            Files.setAttribute(draft, "unix:gid", group);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Placement.forceFolder(root.configDir());
        journal.warn(
                "the archive holds no configuration: a minimal system.xml with the wizard completed was"
                        + " written, so that the server doesn't come up open to anyone",
                "file",
                file);
    }

    private void writeIndex(Stager.Staged staged, String name, String content) throws IOException {
        ArchiveHeader header = staged.staging().extracted().header();
        Path file = workspace.file(TipIndex.FILE);
        Files.deleteIfExists(file);
        if (header != null && header.roles().equals(root.roles())) {
            RestoredIndex.write(staged.staging(), header, file, name, content);
        }
    }

    private void setAside() throws IOException {
        Path aside = Files.createDirectories(
                workspace.file("aside-" + clock.instant().getEpochSecond()));
        for (Path entry : Listing.of(root.path())) {
            if (!entry.equals(root.own())) {
                moveAside(entry, aside);
            }
        }
        journal.error("what was in the data root has been set aside", "folder", aside);
    }

    /// What can't be moved since it is a volume of its own stays. Anything else that stayed would be taken for what the
    /// app has there, and kept.
    private void moveAside(Path entry, Path aside) throws IOException {
        try {
            Files.move(entry, aside.resolve(String.valueOf(entry.getFileName())));
        } catch (IOException e) {
            if (!isMountPoint(entry, e)) {
                throw e;
            }
            journal.warn("can't be set aside: it is a mount point", "path", entry);
        }
    }

    /// A volume on itself, mounted below, has the same number, but is busy.
    private boolean isMountPoint(Path entry, IOException e) throws IOException {
        return String.valueOf(e.getMessage()).contains("resource busy")
                || !Files.getAttribute(entry, "unix:dev", LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getAttribute(root.path(), "unix:dev"));
    }

    @Override
    public String toString() {
        return root.path().toString();
    }
}
