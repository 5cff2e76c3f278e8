package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.snapshot.LinkTarget;
import dev.jellykeep.agent.snapshot.NameRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Names inside archives: what may become a path below the folder that is extracted to.
final class EntryName {
    private static final int LONGEST_PATH = 4096;

    private EntryName() {}

    /// The relative path that an entry's name stands for, without `./`, doubled or trailing slashes; `""` for
    /// the root.
    ///
    /// @throws ArchiveRefused if it leads out of the root or can't be a path
    static String path(String name) throws ArchiveRefused {
        if (name.startsWith("/")) {
            throw ArchiveRefused.hostile("an entry has the absolute name " + shown(name));
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                throw ArchiveRefused.hostile("an entry's name leaves the folder: " + shown(name));
            }
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.indexOf('\0') >= 0 || part.indexOf('\uFFFD') >= 0) {
                throw ArchiveRefused.hostile("an entry's name is not valid: " + shown(name));
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > NameRules.LONGEST_PART) {
                throw ArchiveRefused.hostile("a part of an entry's name is too long: " + shown(name));
            }
            parts.add(part);
        }
        String path = String.join("/", parts);
        if (path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw ArchiveRefused.hostile("an entry's name is too long: " + shown(name));
        }
        return path;
    }

    /// Checks that a link stays inside the root.
    static void requireInside(String path, String target) throws ArchiveRefused {
        if (!LinkTarget.staysInside(path, target)) {
            throw ArchiveRefused.hostile("the link " + shown(path) + " leaves the folder");
        }
    }

    private static String shown(String name) {
        String cut = name.length() > 80 ? name.substring(0, 80) + "…" : name;
        return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
