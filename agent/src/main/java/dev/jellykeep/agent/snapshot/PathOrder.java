package dev.jellykeep.agent.snapshot;

import java.util.Comparator;

/// The order in which a tree is walked: a folder before what is in it, siblings by name.
public final class PathOrder {
    /// Compares relative paths; `/` sorts before every other character.
    public static final Comparator<String> PATHS = PathOrder::compare;

    private PathOrder() {}

    private static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            int difference = rank(left.charAt(i)) - rank(right.charAt(i));
            if (difference != 0) {
                return difference;
            }
        }
        return left.length() - right.length();
    }

    private static int rank(char c) {
        return c == '/' ? -1 : c;
    }
}
