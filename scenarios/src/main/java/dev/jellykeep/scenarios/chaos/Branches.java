package dev.jellykeep.scenarios.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.demo.Trees;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
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
                forks.add(extract(fork));
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

    private Point extract(JsonNode fork) {
        try {
            Path folder = Files.createTempDirectory(town.options().folder(), "fork-");
            var name = fork.path("name").asText();
            var extracted = town.owner().run("extract", name, folder.toString());
            if (extracted.exitCode() != 0) {
                throw new ScenarioFailure("The fork " + name + " can't be had:\n" + extracted.text());
            }
            var point = Point.of(StandInFacts.atRest(JellyfinFolders.official(folder)));
            Trees.delete(folder);
            return point;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("A fork's database can't be read.", e);
        }
    }
}
