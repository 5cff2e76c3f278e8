package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.status.ProtectedRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The replica that holds the lineage is one that users don't reach any more, and lives on: all that they write goes
/// into forks. It is asked to leave the lineage to the one that serves; lineage protocol §6. Only ARM says who serves.
final class Yielding {
    /// Longer than any rollout's overlap: an old replica that is still told to stop ends by itself, and better.
    static final Duration OVERLAP = Duration.ofMinutes(15);

    private Yielding() {}

    /// The replica to be asked; empty: nobody, or it has been.
    ///
    /// @param running null: not looked at
    /// @param now by the clock that ARM's times are by
    static Optional<String> who(ArchivesView archives, @Nullable Running running, Instant now) {
        if (running == null || !(archives instanceof ArchivesView.Seen seen)) {
            return Optional.empty();
        }
        LineageDocument document = seen.document().orElse(null);
        if (document == null || document.sealed() || document.holder() == null) {
            return Optional.empty();
        }
        String holder = document.holder();
        boolean serves = alive(seen)
                .filter(each -> !each.report().replica().equals(holder))
                .anyMatch(each -> of(running, each, true)
                        .filter(replica -> Running.ready(replica) && isOld(replica, now))
                        .isPresent());
        return alive(seen)
                .filter(each -> serves && each.report().replica().equals(holder))
                .filter(each -> of(running, each, false).isPresent())
                .map(each -> each.report().replica())
                .filter(each -> !seen.control().contains(AgentRequests.yielding(each)))
                .findFirst();
    }

    /// Whether two are heard of at a time, so that ARM has to say who serves.
    static boolean wanted(ArchivesView archives) {
        return archives instanceof ArchivesView.Seen seen && alive(seen).count() > 1;
    }

    private static Stream<Protection.Replica> alive(ArchivesView.Seen seen) {
        return seen.replicas().stream().filter(each -> each.alive(ProtectedRule.heardOf()));
    }

    /// The replica as ARM shows it, where its revision is active, or isn't.
    private static Optional<Replica> of(Running running, Protection.Replica told, boolean active) {
        return running.revisions().stream()
                .filter(each -> each.active() == active)
                .map(Revision::name)
                .flatMap(name -> running.of(name).stream())
                .filter(each -> Objects.equals(each.name(), told.report().name()))
                .findFirst();
    }

    private static boolean isOld(Replica replica, Instant now) {
        Instant created = replica.created();
        return created != null && Duration.between(created, now).compareTo(OVERLAP) >= 0;
    }
}
