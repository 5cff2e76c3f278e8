package dev.jellykeep.scenarios.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Something that happens to a server. What may be lost by it is what {@link Expectation} says after it.
enum Move {
    WRITE("writes"),
    NEW_USER("new user"),
    IDLE("idle"),
    KILL_SERVER("server killed"),
    KILL_AGENT("agent killed"),
    KILL_BOTH("server and agent killed"),
    LOSE_NODE("node lost"),
    DRAIN_NODE("node drained"),
    STORAGE_AWAY("storage away for a while"),
    STORAGE_DOWN("start without storage"),
    ROLE_AWAY("role away for a while"),
    ROLE_MISSING("start without role"),
    PLANT("bad archive"),
    RESTART_REVISION("revision restarted"),
    NEW_REVISION("new revision"),
    EXTRA_REPLICA("new revision beside an extra old replica"),
    SECOND_REPLICA("second replica"),
    EDIT_WHEN_IDLE("policy edited, WhenIdle"),
    EDIT_RECREATE("policy edited, Recreate"),
    EDIT_OVERLAP("policy edited, Overlap"),
    REQUEST("backup by request"),
    KILL_OPERATOR("operator killed"),
    DROP_INJECTION("injection dropped");

    private static final int SHORTEST = 3;
    private static final int LONGEST = 7;

    private final String words;

    Move(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /// A life's moves, the same for the same seed.
    static List<Move> from(long seed) {
        var random = new SplittableRandom(seed);
        var count = SHORTEST + random.nextInt(LONGEST - SHORTEST + 1);
        var moves = new ArrayList<Move>();
        for (var i = 0; i < count; i++) {
            moves.add(values()[random.nextInt(values().length)]);
        }
        return List.copyOf(moves);
    }
}
