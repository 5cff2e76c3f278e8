package dev.jellykeep.agent.explorer;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in an agent's code, reached by a sequence of answers: what it asks there, and where each answer leads.
final class Node {
    final int id;
    final Program program;
    final @Nullable Node parent;
    final @Nullable Reply reply;
    final Call call;
    final Map<Reply, Node> next = new HashMap<>();
    /// The code itself, stopped here; null: gone on from here, or given up.
    @Nullable
    Played live;

    /// @param reply that led here from `parent`
    Node(int id, Program program, @Nullable Node parent, @Nullable Reply reply, Call call) {
        this.id = id;
        this.program = program;
        this.parent = parent;
        this.reply = reply;
        this.call = call;
    }
}
