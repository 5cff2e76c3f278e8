package dev.jellykeep.contract;

import java.util.function.Function;

/// What became of a text that a person or a template wrote.
public sealed interface ParsedText<T> {
    record Ok<T>(T value) implements ParsedText<T> {}

    /// A text that can't be used.
    ///
    /// @param reason what is wrong and what to write instead, as the end of a sentence: no capital, no full stop
    record Bad<T>(String reason) implements ParsedText<T> {}

    static <T> ParsedText<T> ok(T value) {
        return new Ok<>(value);
    }

    static <T> ParsedText<T> bad(String reason) {
        return new Bad<>(reason);
    }

    default <R> ParsedText<R> then(Function<? super T, ParsedText<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Bad<T>(String reason) -> bad(reason);
        };
    }

    /// For texts that the program itself wrote.
    ///
    /// @throws IllegalArgumentException with the reason
    default T orThrow() {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Bad<T>(String reason) -> throw new IllegalArgumentException(reason);
        };
    }
}
