package dev.jellykeep.operator.decide;

/// Random cases, for tests of what is said of them.
public final class Situations {
    private Situations() {}

    public static Case random(long seed) {
        return AnyCase.of(seed);
    }
}
