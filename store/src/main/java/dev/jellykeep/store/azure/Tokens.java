package dev.jellykeep.store.azure;

import java.time.Instant;

/// Where tokens come from.
interface Tokens extends AutoCloseable {
    /// The service that they are for.
    String RESOURCE = "https://storage.azure.com/";

    /// A token.
    record Token(String value, Instant end) {
        @Override
        public String toString() {
            return "Token[secret, ends " + end + "]";
        }
    }

    /// Asks for one: a new one each time, where the source itself keeps none.
    ///
    /// @throws RuntimeException if there is none; {@link NoTokenException} tells why
    Token get();

    @Override
    default void close() {}

    /// No tokens, and why.
    static Tokens none(String why) {
        return () -> {
            throw new NoTokenException(why, false, null);
        };
    }
}
