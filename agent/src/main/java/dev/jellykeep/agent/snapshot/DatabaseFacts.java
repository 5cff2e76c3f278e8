package dev.jellykeep.agent.snapshot;

import org.jspecify.annotations.Nullable;

/// What a copy of a database turned out to be.
///
/// @param pages page count; -1 where it can't be read
/// @param users rows of `Users`; null where there is no such table
/// @param administrators users with the administrator's permission; null where there is no `Users`
/// @param migrationHead newest entry of EF's migration history
/// @param check outcome of `integrity_check`
public record DatabaseFacts(
        long pages,
        @Nullable Long users,
        @Nullable Long administrators,
        @Nullable String migrationHead,
        Check check) {

    /// Outcome of `PRAGMA integrity_check`.
    public sealed interface Check {
        record Ok() implements Check {}

        /// @param what the first complaint
        record Damaged(String what) implements Check {}

        /// The check needs something only the app has, such as its own collation: says nothing about the data.
        record NotCheckable(String why) implements Check {}
    }

    public boolean ok() {
        return check instanceof Check.Ok;
    }

    public @Nullable String complaint() {
        return switch (check) {
            case Check.Ok() -> null;
            case Check.Damaged(String what) -> "integrity_check: " + what;
            case Check.NotCheckable(String why) -> "not checkable: " + why;
        };
    }
}
