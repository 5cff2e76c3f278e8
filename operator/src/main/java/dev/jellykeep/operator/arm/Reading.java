package dev.jellykeep.operator.arm;

/// What a read found.
public sealed interface Reading<T> {
    /// There it is.
    record Found<T>(T value) implements Reading<T> {}

    /// ARM itself said that there is no such thing; what merely stands between us and ARM is never
    /// believed so.
    ///
    /// @param code such as `ResourceNotFound`, `ResourceGroupNotFound`, `SubscriptionNotFound`
    /// @param message ARM's, in one line
    record Absent<T>(String code, String message) implements Reading<T> {}
}
