package dev.jellykeep.agent.explorer;

import dev.jellykeep.store.StoreException;
import java.time.Duration;

/// What an agent's code is answered. Two equal answers have the same effect on it.
sealed interface Reply {
    record Done() implements Reply {}

    record Flag(boolean value) implements Reply {}

    record Number(int value) implements Reply {}

    record Absent() implements Reply {}

    record Unchanged() implements Reply {}

    record Text(String text, String etag, Duration age) implements Reply {}

    record Archives(Shelf shelf, boolean pinned) implements Reply {}

    /// The name was taken, or the ETag is another.
    record Taken() implements Reply {}

    /// The reply to a swap was lost.
    record Lost() implements Reply {}

    record Fails(StoreException.Kind kind) implements Reply {}

    Reply DONE = new Done();
    Reply ABSENT = new Absent();
    Reply UNCHANGED = new Unchanged();
    Reply TAKEN = new Taken();
    Reply LOST = new Lost();
    Reply UNREACHABLE = new Fails(StoreException.Kind.UNREACHABLE);
    Reply YES = new Flag(true);
    Reply NO = new Flag(false);
}
