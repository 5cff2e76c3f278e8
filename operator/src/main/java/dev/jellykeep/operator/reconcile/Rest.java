package dev.jellykeep.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Presence;
import dev.jellykeep.operator.status.ProtectedRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of an app that was left sealed. A cold start that doesn't get past its restore leaves nothing in
/// Blob, and nothing in the app itself: so every other check reads the revisions instead of the app.
sealed interface Rest {
    /// Nothing that would spare a read.
    record Unknown() implements Rest {}

    /// It was as planned, and nobody was heard of: as long as its revisions are the same and have no replica, so is it.
    ///
    /// @param app as it was read
    /// @param generation of the spec that it was as planned for
    record Asleep(JsonNode app, Instant at, long generation) implements Rest {}

    /// Somebody runs, or tried to when a status was written last, and Blob doesn't say who.
    record Stirring() implements Rest {}

    /// What another operator may have seen.
    static Rest of(@Nullable PolicyStatus status) {
        boolean failing = status != null
                && status.conditions().stream()
                        .anyMatch(each -> each.type().equals("RestoreFailing")
                                && each.status().equals("True"));
        return failing ? new Stirring() : new Unknown();
    }

    /// After a check.
    ///
    /// @param fresh the app was read, and not only its revisions
    static Rest after(Situation now, Progress progress, boolean fresh) {
        if (!sealedAndSilent(now)) {
            return new Unknown();
        }
        Running running = now.running();
        if (running != null && running.all().findAny().isPresent()) {
            return new Stirring();
        }
        boolean whole = LiveInjection.of(now.app())
                .filter(live -> live.presence() == Presence.WHOLE)
                .isPresent();
        return fresh && whole && progress.state() == Progress.State.READY
                ? new Asleep(now.app(), now.now(), now.generation())
                : new Unknown();
    }

    /// Whether only ARM can tell that somebody tries to start.
    private static boolean sealedAndSilent(Situation now) {
        return now.archives() instanceof ArchivesView.Seen seen
                && seen.document()
                        .filter(document -> document.sealed() && document.head().isPresent())
                        .isPresent()
                && !seen.anyoneAlive(ProtectedRule.heardOf());
    }

    /// Whether its revisions alone are enough to read.
    ///
    /// @param longest how old the reading of the app may be
    static boolean revisionsDo(Asleep known, long generation, Instant now, Duration longest) {
        return known.generation() == generation
                && Duration.between(known.at(), now).compareTo(longest) <= 0;
    }

    /// Whether they show that it still sleeps as it was read.
    static boolean still(Asleep known, Reading<List<Revision>> revisions) {
        if (!(revisions instanceof Reading.Found<List<Revision>>(List<Revision> all))
                || all.stream().anyMatch(each -> each.replicas() > 0 || each.created() == null)) {
            return false;
        }
        String latest =
                known.app().path("properties").path("latestRevisionName").asText();
        return all.stream()
                .max(Comparator.comparing(each -> Objects.requireNonNull(each.created())))
                .filter(each -> each.active() && each.name().equals(latest))
                .isPresent();
    }
}
