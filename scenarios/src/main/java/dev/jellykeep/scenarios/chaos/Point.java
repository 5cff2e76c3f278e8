package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.standin.StandInFacts;

/// How far a server's life has come.
record Point(long commit, long users) {
    static final Point BEGIN = new Point(0, 0);

    static Point of(StandInFacts facts) {
        return new Point(facts.lastCommitted(), facts.users());
    }

    /// At least as far as another one in everything.
    boolean reaches(Point other) {
        return commit >= other.commit && users >= other.users;
    }

    Point furthest(Point other) {
        return new Point(Math.max(commit, other.commit), Math.max(users, other.users));
    }
}
