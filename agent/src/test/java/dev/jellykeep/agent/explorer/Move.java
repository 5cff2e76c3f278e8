package dev.jellykeep.agent.explorer;

import org.jspecify.annotations.Nullable;

/// Something that may happen next.
///
/// @param reply what the replica's code is answered by it; null: it is none of its doing
record Move(
        String label, World world, int replica, @Nullable Reply reply) {
    static Move of(String label, World world) {
        return new Move(label, world, -1, null);
    }
}
