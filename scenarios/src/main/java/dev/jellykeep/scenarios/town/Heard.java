package dev.jellykeep.scenarios.town;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;

/// From the first to the last line that a replica's containers have printed.
public record Heard(Instant first, Instant last) {
    private static final JsonMapper JSON = new JsonMapper();

    static Heard of(Arm arm, String replica) {
        var times = new ArrayList<Instant>();
        for (var container : SavedLogs.CONTAINERS) {
            arm.console(replica, container).lines().map(Heard::time).forEach(times::add);
        }
        if (times.isEmpty()) {
            throw new ScenarioFailure("The replica " + replica + " has printed nothing.");
        }
        times.sort(Comparator.naturalOrder());
        return new Heard(times.getFirst(), times.getLast());
    }

    private static Instant time(String line) {
        try {
            return Instant.parse(JSON.readTree(line).path("TimeStamp").asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The consoles are no JSON lines.", e);
        }
    }
}
