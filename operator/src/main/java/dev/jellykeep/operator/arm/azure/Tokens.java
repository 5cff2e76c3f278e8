package dev.jellykeep.operator.arm.azure;

import java.time.Instant;

/// Where tokens come from.
interface Tokens {
    /// A token.
    record Token(String value, Instant end) {
        @Override
        public String toString() {
            return "Token[secret, ends " + end + "]";
        }
    }

    /// Asks for one: a new one each time, where the source itself keeps none.
    ///
    /// @throws RuntimeException if there is none; {@link FaultException} with a {@link Fault.NoToken}
    ///     tells why
    Token get();

    /// No tokens, and why.
    static Tokens none(String why) {
        return () -> {
            throw new FaultException(new Fault.NoToken(why, false, null));
        };
    }
}
