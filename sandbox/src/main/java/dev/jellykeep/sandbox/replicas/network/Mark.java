package dev.jellykeep.sandbox.replicas.network;

import dev.jellykeep.sandbox.process.Owner;
import java.util.Optional;

/// What an interface of a sandbox says about itself, as its alias: whose it is.
///
/// @param space the space of process numbers in which the owner's number holds
record Mark(Owner owner, String space) {
    private static final String FIRST = "jellykeep-sandbox";

    static Optional<Mark> parse(String alias) {
        var parts = alias.split("/", -1);
        return parts.length == 3 && parts[0].equals(FIRST)
                ? Owner.parse(parts[1]).map(owner -> new Mark(owner, parts[2]))
                : Optional.empty();
    }

    String text() {
        return FIRST + "/" + owner.text() + "/" + space;
    }

    /// Whether it was left behind: by a process that has ended, as this one can tell.
    boolean stale(String ownSpace) {
        return space.equals(ownSpace) && !owner.alive();
    }
}
