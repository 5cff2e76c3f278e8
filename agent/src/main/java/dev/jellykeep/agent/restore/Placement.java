package dev.jellykeep.agent.restore;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import com.azure.json.JsonWriter;
import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.SeenEntries;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.SecondTry;
import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.ManifestEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Moves an extracted archive into the data root: folders that aren't there yet as they are, everything else file by
/// file, since a mount point can't be renamed. Names to be moved are on disk before the first move, so that a killed
/// attempt can be undone and nothing else is ever removed.
public final class Placement {
    /// File with the names to be moved, in our own folder.
    public static final String MOVING = "moving.json";

    private final DataRoot root;
    private final boolean asRoot;

    /// Folders of what must survive the node: the databases and the wizard's flag. Everything else survives a
    /// killed process, and a disk that is lost is lost with all of it.
    private final Set<Path> forced = new LinkedHashSet<>();
    private final MadeFolders made;

    /// @param asRoot owners can be set
    public Placement(DataRoot root, boolean asRoot) {
        this.root = root;
        this.asRoot = asRoot;
        this.made = new MadeFolders(root.path(), asRoot);
    }

    /// Removes what a killed attempt had moved.
    public void undoUnfinished() throws IOException {
        Path moving = root.own().resolve(MOVING);
        if (!Presence.isThere(moving, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (String path : names(moving)) {
            Path file = root.path().resolve(path).normalize();
            if (file.startsWith(root.path()) && !Presence.isFolder(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(file);
                SqliteFiles.removeSides(file);
            }
        }
        Files.delete(moving);
    }

    /// Nothing may stay in the place of the main database: what comes back would be without it, and look whole. An
    /// empty
    /// file goes, as a mount's seed, or a start that went no further, leaves it.
    ///
    /// @throws AgentException UNKNOWN_DATA
    public void makeRoom() throws IOException {
        Path main = root.mainDatabase();
        if (!Presence.isThere(main, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean empty = Presence.isFile(main, LinkOption.NOFOLLOW_LINKS)
                && SecondTry.of(() -> Files.size(main)) == 0
                && !LocalInspection.isDatabase(main);
        try {
            if (empty) {
                Files.delete(main);
                return;
            }
        } catch (FileSystemException e) {
            if (!String.valueOf(e.getReason()).contains("resource busy")) {
                throw e;
            }
        }
        throw new AgentException(
                Reason.UNKNOWN_DATA,
                main + " is in the way of the database that is to come back: move it away, and restore again");
    }

    private static List<String> names(Path moving) throws IOException {
        List<String> names = new ArrayList<>();
        // outside of what tells a list that was cut short
        byte[] text = SecondTry.of(() -> Files.readAllBytes(moving));
        try (JsonReader json = JsonProviders.createReader(text)) {
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                // the reader says null, again and again, where the text ends too early
                if (token == null || token == JsonToken.END_DOCUMENT) {
                    return List.of();
                }
                if (token == JsonToken.STRING) {
                    names.add(json.getString());
                }
            }
        } catch (IllegalStateException | IOException cutShort) {
            // a list that is cut short was never fsynced, so nothing had been moved under it
            return List.of();
        }
        return names;
    }

    /// What moving came to.
    ///
    /// @param placed files and links
    /// @param left paths of the archive that belong nowhere here, or whose place was taken by something foreign
    public record Placed(long placed, List<String> left) {}

    /// Moves everything. The data root must hold no data of ours.
    public Placed place(Staging staging) throws IOException {
        List<String> left = new ArrayList<>();
        writeMoving(staging, left);
        long placed = 0;
        try (SeenEntries.Reader list = new SeenEntries.Reader(staging.seen())) {
            for (Optional<SeenEntries.Seen> next = list.next(); next.isPresent(); next = list.next()) {
                placed += move(staging, next.get()) ? 1 : 0;
            }
        }
        finishFolders(staging);
        return new Placed(placed, left);
    }

    private void writeMoving(Staging staging, List<String> left) throws IOException {
        Path moving = root.own().resolve(MOVING);
        try (SeenEntries.Reader list = new SeenEntries.Reader(staging.seen());
                JsonWriter json = JsonProviders.createWriter(new BufferedOutputStream(Files.newOutputStream(moving)))) {
            json.writeStartArray();
            for (Optional<SeenEntries.Seen> next = list.next(); next.isPresent(); next = list.next()) {
                String path = next.get().entry().path();
                Optional<Path> target = target(staging, path);
                if (target.isEmpty()) {
                    left.add(path);
                } else if (next.get().entry().type() != EntryType.DIRECTORY) {
                    if (Presence.isThere(target.get(), LinkOption.NOFOLLOW_LINKS)) {
                        left.add(path);
                    } else {
                        // before its own side files have their turn, which would find the place taken
                        removeStaleSides(
                                staging.tree().resolve(path), next.get().entry(), target.get());
                        json.writeString(root.relative(target.get()));
                    }
                }
            }
            json.writeEndArray();
        }
        force(moving);
        forceFolder(root.own());
    }

    private Optional<Path> target(Staging staging, String path) {
        return staging.mapping().apply(path).map(root.path()::resolve);
    }

    private boolean move(Staging staging, SeenEntries.Seen seen) throws IOException {
        ManifestEntry entry = seen.entry();
        Optional<Path> target = target(staging, entry.path());
        Path staged = staging.tree().resolve(entry.path());
        if (target.isEmpty()) {
            return false;
        }
        if (entry.type() == EntryType.DIRECTORY) {
            if (!staging.keepsFolders() || !moveWhole(staged, target.get())) {
                made.make(target.get());
            }
            return false;
        }
        boolean there = Presence.isThere(target.get(), LinkOption.NOFOLLOW_LINKS);
        boolean waits = Presence.isThere(staged, LinkOption.NOFOLLOW_LINKS);
        if (there && waits) {
            return false;
        }
        if (!there && !waits) {
            if (SqliteFiles.ownerOf(String.valueOf(staged.getFileName())).isPresent()) {
                // played into its database when that was checked
                return false;
            }
            throw new IOException(entry.path() + " was extracted, and is gone");
        }
        Path parent = target.get().getParent();
        if (parent != null && !there) {
            made.make(parent);
        }
        Path file = there ? target.get() : staged;
        if (mustSurvive(file, entry, target.get())) {
            // opened before its mode may forbid that
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                attributes(file, entry, seen.modified());
                channel.force(true);
            }
            forced.add(parent == null ? root.path() : parent);
        } else {
            attributes(file, entry, seen.modified());
        }
        if (parent != null) {
            made.belongTo(parent, entry);
        }
        if (!there) {
            Files.move(staged, target.get(), StandardCopyOption.ATOMIC_MOVE);
        }
        return true;
    }

    private boolean mustSurvive(Path file, ManifestEntry entry, Path target) throws IOException {
        return entry.type() != EntryType.LINK && (target.equals(root.systemXml()) || SqliteFiles.hasMagic(file));
    }

    /// A folder that isn't there yet comes with all that is in it: each folder that is made and removed, and each file
    /// that is moved, takes its time of a cold start.
    private boolean moveWhole(Path staged, Path target) throws IOException {
        Path parent = target.getParent();
        if (parent == null
                || Presence.isThere(target, LinkOption.NOFOLLOW_LINKS)
                || !Presence.isFolder(staged, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        made.make(parent);
        try {
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            made.came(target);
            return true;
        } catch (IOException somebodyElseMadeIt) {
            return false;
        }
    }

    /// A log left beside a database's place would be played into the restored one.
    private static void removeStaleSides(Path staged, ManifestEntry entry, Path target) throws IOException {
        if (entry.type() != EntryType.LINK
                && Presence.isThere(staged, LinkOption.NOFOLLOW_LINKS)
                && SqliteFiles.hasMagic(staged)) {
            SqliteFiles.removeSides(target);
        }
    }

    /// What lies in a folder comes before the folder itself, whose mode or owner may close it to us.
    private void finishFolders(Staging staging) throws IOException {
        Deque<SeenEntries.Seen> open = new ArrayDeque<>();
        try (SeenEntries.Reader list = new SeenEntries.Reader(staging.seen())) {
            for (Optional<SeenEntries.Seen> next = list.next(); next.isPresent(); next = list.next()) {
                if (next.get().entry().type() == EntryType.DIRECTORY) {
                    while (!open.isEmpty() && !isBelow(next.get(), open.peek())) {
                        finishFolder(staging, open.pop());
                    }
                    open.push(next.get());
                }
            }
        }
        while (!open.isEmpty()) {
            finishFolder(staging, open.pop());
        }
        for (Path folder : forced) {
            forceFolder(folder);
        }
        forceFolder(root.path());
    }

    private static boolean isBelow(SeenEntries.Seen folder, SeenEntries.Seen other) {
        return folder.entry().path().startsWith(other.entry().path() + "/");
    }

    private void finishFolder(Staging staging, SeenEntries.Seen seen) throws IOException {
        Optional<Path> folder = target(staging, seen.entry().path()).filter(target -> !target.equals(root.path()));
        if (folder.isEmpty()) {
            return;
        }
        if (!forced.remove(folder.get())) {
            attributes(folder.get(), seen.entry(), seen.modified());
            return;
        }
        try (FileChannel channel = FileChannel.open(folder.get(), StandardOpenOption.READ)) {
            attributes(folder.get(), seen.entry(), seen.modified());
            channel.force(true);
        }
    }

    /// The time first: to set it a file is opened, which its mode or owner may forbid.
    private void attributes(Path file, ManifestEntry entry, Instant modified) throws IOException {
        if (entry.type() != EntryType.LINK) {
            Files.setLastModifiedTime(file, FileTime.from(modified));
            Files.setPosixFilePermissions(file, permissions(entry.mode()));
        }
        if (asRoot) {
            MadeFolders.owner(file, entry);
        }
    }

    /// Permission bits alone: set-user-id and its kin are not taken from an archive.
    private static Set<PosixFilePermission> permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode >> bit & 1) == 0 ? '-' : "rwx".charAt((8 - bit) % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }

    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
