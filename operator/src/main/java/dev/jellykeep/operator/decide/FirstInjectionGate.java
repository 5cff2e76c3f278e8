package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.operator.api.FirstInjection;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.archives.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Before a patch that replaces a disk that nobody saves, as the first one does; DESIGN §4.2.
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
        if (running.idle(now.latest())) {
            return new Verdict.Open("no replica runs, so nothing is left to lose");
        }
        Optional<Rescue> rescue = rescue(now, running);
        if (rescue.isPresent()) {
            return new Verdict.Open(
                    "the running replica's data were rescued as " + rescue.get().name() + "; what it wrote after "
                            + rescue.get().at() + " is given up");
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

    /// @param at when the oldest part of it was written
    private record Rescue(String name, Instant at) {}

    /// The head, if it was named, written after the newest replica began, and not long ago.
    private static Optional<Rescue> rescue(Situation now, Running running) {
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
                .flatMap(name -> written(seen.catalogue(), name).map(at -> new Rescue(name, at)))
                .filter(rescue -> rescue.at().isAfter(began)
                        && Duration.between(rescue.at(), seen.at()).compareTo(FRESH) <= 0);
    }

    private static Optional<Instant> written(Catalogue catalogue, String name) {
        return Stream.concat(
                        catalogue.find(name).map(Catalogue.Item::blob).stream(),
                        catalogue.folders().getOrDefault(name, List.of()).stream())
                .map(BlobFacts::lastModified)
                .min(Comparator.naturalOrder());
    }
}
