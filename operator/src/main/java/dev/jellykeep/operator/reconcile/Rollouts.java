package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.decide.Progress;
import java.util.HashSet;
import java.util.Set;

/// Which policies change their app's template right now: no more than so many at once, so that a release that doesn't
/// work is noticed before every app has it. Safe for use by many threads.
final class Rollouts {
    private final int most;
    private final Set<String> open = new HashSet<>();

    Rollouts(int most) {
        this.most = most;
    }

    /// Whether it is this policy's turn; it stays so until {@link #settle} or {@link #forget}.
    ///
    /// @param begun the app has been touched, and must not be left as it is
    synchronized boolean begin(String uid, boolean begun) {
        if (!begun && !open.contains(uid) && open.size() >= most) {
            return false;
        }
        open.add(uid);
        return true;
    }

    /// After each look: whoever is done, or waits for somebody else, makes room.
    synchronized void settle(String uid, Progress progress) {
        boolean waits =
                progress.reason().equals("WaitingForIdle") || progress.reason().equals("WaitingForTurn");
        if (progress.state() != Progress.State.RECONCILING || waits) {
            open.remove(uid);
        }
    }

    synchronized void forget(String uid) {
        open.remove(uid);
    }

    int most() {
        return most;
    }
}
