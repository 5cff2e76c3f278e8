package dev.jellykeep.agent.explorer;

import org.jspecify.annotations.Nullable;

/// What lies on a replica's disk beside the data: the archive that they are compared with.
///
/// @param name null: none
record Index(@Nullable String name, int data) {
    static final Index NONE = new Index(null, 0);
}
