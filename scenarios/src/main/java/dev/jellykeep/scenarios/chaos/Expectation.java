package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.standin.StandInFacts;
import java.util.Optional;

/// What a server may look like when it is looked at next.
///
/// @param least what must be there
/// @param most what there ever was
/// @param saved what the last sealed head, or the last restore, has shown
/// @param overlapped two replicas have run at once: the later branch may be a fork, and an older one come back
record Expectation(Point least, Point most, Point saved, boolean overlapped) {
    static final Expectation BEGIN = new Expectation(Point.BEGIN, Point.BEGIN, Point.BEGIN, false);

    /// What is wrong with a server, in one sentence; empty where nothing is.
    Optional<String> wrong(StandInFacts facts) {
        var seen = Point.of(facts);
        if (!facts.wizardCompleted()) {
            return Optional.of("the setup wizard is back");
        }
        if (!facts.sumHolds()) {
            return Optional.of("a write is torn: " + facts);
        }
        if (!seen.reaches(least)) {
            return Optional.of("%s is there where %s must be".formatted(seen, least));
        }
        if (!most.reaches(seen)) {
            return Optional.of("%s is there, but there never was more than %s".formatted(seen, most));
        }
        return Optional.empty();
    }

    /// It has gone on by itself: there was so much.
    Expectation atMost(Point now) {
        return new Expectation(least, most.furthest(now), saved, overlapped);
    }

    /// It was looked at, and runs on.
    Expectation seen(Point now) {
        return new Expectation(now, most.furthest(now), saved, overlapped);
    }

    /// It ended cleanly: all of it is saved.
    Expectation sealed(Point end) {
        return new Expectation(end, overlapped ? most.furthest(end) : end, end, overlapped);
    }

    /// So much was acknowledged to be saved.
    Expectation saved(Point asked) {
        return new Expectation(least, most, asked, overlapped);
    }

    /// Its disk is gone without a word: what was saved is not.
    Expectation lost() {
        return new Expectation(saved, most, saved, overlapped);
    }

    /// Another replica has started beside it, from what it has handed over.
    Expectation overlap(Point handedOver) {
        return new Expectation(handedOver, most.furthest(handedOver), handedOver, true);
    }

    /// A replica has started from an archive.
    Expectation restored(Point now) {
        return new Expectation(now, most.furthest(now), now, overlapped);
    }
}
