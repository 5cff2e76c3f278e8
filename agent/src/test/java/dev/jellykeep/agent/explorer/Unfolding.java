package dev.jellykeep.agent.explorer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The agents' code, unfolded as far as it has been asked for. Code is a function of its answers, so that each answer
/// at each place is played once and remembered. Where it comes back to a place with the same memory, it is the same
/// place.
final class Unfolding {
    /// Threads that are kept so that their code needn't be played again from its beginning.
    private static final int MOST_LIVE = 2_000;

    private final Map<Program, Node> roots = new HashMap<>();
    private final Map<String, Node> turns = new HashMap<>();
    private final Deque<Node> live = new ArrayDeque<>();
    private int nodes;
    private long played;

    Node root(Program program) {
        return roots.computeIfAbsent(program, each -> node(each, null, null, start(each)));
    }

    /// Where the code gets to when it is answered that.
    Node after(Node node, Reply reply) {
        Node known = node.next.get(reply);
        if (known != null) {
            return known;
        }
        Played code = node.live != null ? node.live : replay(node);
        node.live = null;
        code.answer(reply);
        Node next = same(node, code);
        if (next == null) {
            next = node(node.program, node, reply, code);
        } else {
            code.abandon();
        }
        node.next.put(reply, next);
        return next;
    }

    private @Nullable Node same(Node from, Played code) {
        return switch (code.call()) {
            case Call.Turn(String memory) -> turns.get(from.program.identity() + memory);
            case Call.Pause() -> from.program.identity() == null ? waiting(from) : null;
            default -> null;
        };
    }

    /// A restore that looks whether it has been answered, and hasn't, knows no more than before it looked.
    private static @Nullable Node waiting(Node from) {
        for (Node at = from; at != null; at = at.parent) {
            if (at.call instanceof Call.Pause) {
                return at;
            }
        }
        return null;
    }

    private Node node(Program program, @Nullable Node parent, @Nullable Reply reply, Played code) {
        Node made = new Node(nodes++, program, parent, reply, code.call());
        if (code.call() instanceof Call.Turn(String memory)) {
            turns.put(program.identity() + memory, made);
        }
        made.live = code;
        live.addLast(made);
        while (live.size() > MOST_LIVE) {
            Node oldest = live.removeFirst();
            if (oldest.live != null) {
                oldest.live.abandon();
                oldest.live = null;
            }
        }
        return made;
    }

    private Played start(Program program) {
        played++;
        return new Played(asked -> new AgentCode(asked, program).run());
    }

    private Played replay(Node node) {
        Deque<Reply> answers = new ArrayDeque<>();
        for (Node at = node; at.parent != null; at = at.parent) {
            answers.addFirst(java.util.Objects.requireNonNull(at.reply));
        }
        Played code = start(node.program);
        answers.forEach(code::answer);
        if (!code.call().equals(node.call)) {
            throw new IllegalStateException("the agent's code did something else when it was played again: "
                    + code.call() + ", not " + node.call);
        }
        return code;
    }

    /// Places in the code that were reached.
    int nodes() {
        return nodes;
    }

    /// How often code was played from its beginning.
    long played() {
        return played;
    }

    void close() {
        for (Node each : live) {
            if (each.live != null) {
                each.live.abandon();
            }
        }
    }
}
