package dev.jellykeep.contract.glob;

/// A piece of one path segment of a glob.
sealed interface Token {
    /// Exactly one character.
    sealed interface One extends Token permits Literal, AnyOne, CharClass {
        boolean matches(int codePoint);
    }

    record Literal(int codePoint) implements One {
        @Override
        public boolean matches(int other) {
            return codePoint == other;
        }
    }

    /// `?`
    record AnyOne() implements One {
        @Override
        public boolean matches(int codePoint) {
            return true;
        }
    }

    /// `*`: any number of characters, also a leading dot.
    record AnyRun() implements Token {}
}
