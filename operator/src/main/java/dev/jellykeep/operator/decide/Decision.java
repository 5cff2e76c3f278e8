package dev.jellykeep.operator.decide;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.rollout.RolloutDocument;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to do next, and how it stands until then.
///
/// @param again when to look again, unless something happens before
/// @param memory as it is once the action is done
public record Decision(Progress progress, Action action, Duration again, List<Note> notes, Memory memory) {
    public Decision {
        notes = List.copyOf(notes);
    }

    /// At most one write to ARM.
    public sealed interface Action {
        record Nothing() implements Action {}

        /// Nothing yet: revisions and replicas have to be looked at first.
        record LookCloser() implements Action {}

        /// Nothing yet: a revision's template has to be looked at first.
        record LookBack(String revision) implements Action {}

        /// Create the lineage document, then decide again.
        record CreateDocument(LineageDocument document) implements Action {}

        /// Keep what a rollout has come to, and ask for the backup before it where that is its stage.
        record Keep(RolloutDocument rollout) implements Action {}

        /// Keep that, then deactivate a revision.
        ///
        /// @param note said once it is done
        record Stop(String revision, RolloutDocument rollout, Note note) implements Action {}

        /// Keep that, then activate a revision.
        ///
        /// @param rollout null: nothing can be kept now
        /// @param note said once it is done
        record Start(String revision, @Nullable RolloutDocument rollout, Note note) implements Action {}

        /// Send a patch to ARM.
        ///
        /// @param note said once it is on its way
        /// @param correction it puts back what somebody else changed; null: it doesn't
        record Send(ObjectNode body, Note note, @Nullable String correction) implements Action {}
    }

    /// What is left of a decision where what it wants to see can't be seen.
    public static Decision waits(Decision decision, Duration again) {
        return of(decision.progress(), again, decision.memory());
    }

    static Decision of(Progress progress, Duration again, Memory memory) {
        return new Decision(progress, new Action.Nothing(), again, List.of(), memory);
    }
}
