package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.contract.archive.ManifestEntry;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folders that a restore makes in the data root. An archive need not have an entry for each: the layout of another
/// image
/// has others, and a file may be saved from a folder that is left out.
final class MadeFolders {
    private final Path root;
    private final boolean asRoot;

    /// Without those below them.
    private final Set<Path> made = new HashSet<>();

    private @Nullable Path last;
    private @Nullable Path lastOwned;

    /// @param asRoot owners can be set
    MadeFolders(Path root, boolean asRoot) {
        this.root = root;
        this.asRoot = asRoot;
    }

    /// Makes it and those above it, where they are missing.
    void make(Path folder) throws IOException {
        if (folder.equals(last)) {
            return;
        }
        try {
            Path first = firstMissing(folder);
            Files.createDirectories(folder);
            if (first != null) {
                made.add(first);
            }
            last = folder;
        } catch (FileAlreadyExistsException e) {
            throw new IOException(folder + " is a file where the archive has a folder: move it away", e);
        }
    }

    private static @Nullable Path firstMissing(Path folder) throws IOException {
        Path missing = null;
        for (Path each = folder;
                each != null && !Presence.isThere(each, LinkOption.NOFOLLOW_LINKS);
                each = each.getParent()) {
            missing = each;
        }
        return missing;
    }

    /// It came whole to a place where nothing was.
    void came(Path folder) {
        made.add(folder);
    }

    /// The app has to make files where it has made this one: what we have made down to this folder belongs to the same
    /// user, until its own entry says otherwise.
    void belongTo(Path folder, ManifestEntry inside) throws IOException {
        if (!asRoot || folder.equals(lastOwned) || (inside.uid() == 0 && inside.gid() == 0)) {
            return;
        }
        lastOwned = folder;
        Path top = folder;
        while (top != null && !made.contains(top) && !top.equals(root)) {
            top = top.getParent();
        }
        if (top == null || !made.contains(top)) {
            return;
        }
        for (Path each = folder; each != null && each.startsWith(top); each = each.getParent()) {
            owner(each, inside);
        }
    }

    /// Gives a file the owner that an entry has.
    static void owner(Path file, ManifestEntry entry) throws IOException {
        Files.setAttribute(file, "unix:uid", (int) entry.uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", (int) entry.gid(), LinkOption.NOFOLLOW_LINKS);
    }
}
