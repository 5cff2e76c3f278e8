package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.status.Outcome;
import java.time.Duration;
import java.util.List;

/// What one look at a policy came to.
///
/// @param again when to look again
/// @param notes for events
public record Result(Outcome outcome, Duration again, List<Note> notes) {
    public Result {
        notes = List.copyOf(notes);
    }
}
