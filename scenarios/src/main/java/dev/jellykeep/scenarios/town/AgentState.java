package dev.jellykeep.scenarios.town;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a replica's agent has said of the lineage last. A process that was killed may have said nothing, so that what
/// counts is what was said since the container was started last.
final class AgentState {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter EVENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xx 'UTC'", Locale.ROOT);
    private static final String AGENT = "jellykeep-agent";

    /// What an agent prints when it begins to hold the lineage, and when another replica does.
    private static final List<String> STATES = List.of("now holding", "now standby");

    private AgentState() {}

    static boolean isHolding(Arm arm, String replica) {
        Optional<Instant> started = read(arm.system())
                .filter(event -> event.path("ReplicaName").asText().equals(replica)
                        && event.path("Msg").asText().equals("Started container '" + AGENT + "'"))
                .map(event -> OffsetDateTime.parse(event.path("TimeStamp").asText(), EVENT)
                        .toInstant())
                .reduce((_, last) -> last);
        return read(arm.console(replica, AGENT))
                .filter(line -> STATES.stream().anyMatch(line.path("Log").asText()::contains))
                .reduce((_, last) -> last)
                .filter(line -> line.path("Log").asText().contains(STATES.getFirst()))
                .map(line ->
                        OffsetDateTime.parse(line.path("TimeStamp").asText()).toInstant())
                .filter(said -> started.filter(at -> !said.isBefore(at)).isPresent())
                .isPresent();
    }

    private static Stream<JsonNode> read(String lines) {
        return lines.lines().map(line -> {
            try {
                return JSON.readTree(line);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("The logs are no JSON lines.", e);
            }
        });
    }
}
