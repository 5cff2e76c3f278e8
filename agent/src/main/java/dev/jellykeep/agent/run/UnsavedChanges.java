package dev.jellykeep.agent.run;

import dev.jellykeep.agent.data.StillWriting;
import dev.jellykeep.contract.replica.ReportDraft;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Since when a change may be on this disk alone. The last look that showed none counts, so that no change is ever
/// reported younger than it is.
final class UnsavedChanges {
    private final AppExit exit;
    private final ReportBoard board;
    private final InstantSource clock;
    private @Nullable StillWriting saved;
    private @Nullable Instant lookedAt;

    UnsavedChanges(AppExit exit, ReportBoard board, InstantSource clock) {
        this.exit = exit;
        this.board = board;
        this.clock = clock;
    }

    void look() {
        StillWriting before = saved;
        StillWriting now = exit.look();
        Instant lastLook = lookedAt;
        lookedAt = clock.instant();
        if (before == null) {
            saved = now;
            // what another process of this replica said last; none: nothing can be said
            Instant said = board.current().writtenAt();
            note(said != null && now.writtenAfter(said) ? said : null);
        } else if (now.movedSince(before)) {
            note(lastLook);
        }
    }

    /// A backup has saved what there was.
    ///
    /// @param look what was there when it began
    void saved(StillWriting look, Instant began) {
        saved = look;
        boolean movedSince = exit.look().movedSince(look);
        board.change(report ->
                ReportDraft.of(report).unsavedSince(movedSince ? began : null).build());
    }

    /// A backup was refused: whatever has changed, the head has not got it.
    void refused(Instant began) {
        note(began);
    }

    private void note(@Nullable Instant since) {
        if (since != null && board.current().unsavedSince() == null) {
            board.change(report -> ReportDraft.of(report).unsavedSince(since).build());
        }
    }
}
