package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.operator.api.FirstInjection;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.store.archives.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Before the first patch: it replaces a disk that nobody has saved yet; DESIGN §4.2.
final class FirstInjectionGate {
    /// What was rescued longer ago lacks too much of what a running replica has written since.
    private static final Duration FRESH = Duration.ofHours(1);

    private FirstInjectionGate() {}

    sealed interface Verdict {
        /// @param why nothing is lost, or what is given up
        record Open(String why) implements Verdict {}

        record Shut(String sentence) implements Verdict {}
    }

    static Verdict judge(Situation now, Running running) {
        if (running.none()) {
            return new Verdict.Open("no replica runs, so nothing is left to lose");
        }
        Optional<String> rescued = rescued(now, running);
        if (rescued.isPresent()) {
            return new Verdict.Open("the running replica's data were rescued as " + rescued.get());
        }
        if (now.spec().rollout().firstInjection() == FirstInjection.DISCARD_RUNNING_DATA) {
            return new Verdict.Open("rollout.firstInjection is DiscardRunningData: what " + running.names()
                    + " holds on its EmptyDir" + since(running) + " is given up");
        }
        return new Verdict.Shut("replica " + running.names() + " holds data" + since(running)
                + " that is nowhere else, and a patch would replace its disk: let the app scale to zero if nothing in it"
                + " is worth keeping, or rescue it (docs/operations.md, \"Rescue\") and annotate the policy with "
                + Situation.RESCUED + ": ARCHIVE, or set rollout.firstInjection: DiscardRunningData");
    }

    private static String since(Running running) {
        return running.newestStart().map(at -> " since " + at).orElse("");
    }

    /// The head, if it was named, written after the newest replica began, and not long ago.
    private static Optional<String> rescued(Situation now, Running running) {
        String named = now.annotations().get(Situation.RESCUED);
        if (named == null
                || !(now.archives() instanceof ArchivesView.Seen seen)
                || running.newestStart().isEmpty()) {
            return Optional.empty();
        }
        Instant began = running.newestStart().get();
        return seen.document()
                .flatMap(document -> document.head().map(Listed::name))
                .filter(named::equals)
                .flatMap(seen.catalogue()::find)
                .map(Catalogue.Item::blob)
                .filter(blob -> blob.lastModified().isAfter(began)
                        && Duration.between(blob.lastModified(), seen.at()).compareTo(FRESH) <= 0)
                .map(blob -> blob.name());
    }
}
