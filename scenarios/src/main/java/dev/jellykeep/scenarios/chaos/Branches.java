package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Town;
import java.util.ArrayList;
import java.util.List;

/// What replicas had that ended in good order and did not become the head: all of it is in forks.
final class Branches {
    private final Town town;
    private final List<Point> ends = new ArrayList<>();

    Branches(Town town) {
        this.town = town;
    }

    /// A replica has ended with so much.
    void ended(Point end) {
        ends.add(end);
    }

    /// Looks for each end in the forks, as somebody does who wants it back.
    ///
    /// @param head what the head has
    /// @throws ScenarioFailure for one that is nowhere
    void require(Point head) {
        ends.removeIf(head::reaches);
        if (ends.isEmpty()) {
            return;
        }
        var forks = new ArrayList<Point>();
        for (var fork : town.owner().forks()) {
            if (fork.path("is").asText().startsWith("fork")) {
                forks.add(Point.of(town.owner().held(fork.path("name").asText())));
            }
        }
        for (var end : ends) {
            if (forks.stream().noneMatch(fork -> fork.reaches(end))) {
                throw new ScenarioFailure(
                        "What a replica ended with is in no archive: %s. The head has %s, the forks %s."
                                .formatted(end, head, forks));
            }
        }
    }
}
