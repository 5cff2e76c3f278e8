package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.scenarios.town.Ids;

/// Processes that end without a word, and nodes that go. A container's end costs nothing, since its disk stays.
final class Crashes {
    private static final String AGENT = "jellykeep-agent";

    private final Life life;

    Crashes(Life life) {
        this.life = life;
    }

    void server() {
        var before = starts(Ids.JELLYFIN);
        life.town().crash(Ids.JELLYFIN);
        awaitServer(before);
    }

    void agent() {
        var before = starts(AGENT);
        life.town().crash(AGENT);
        awaitAgent(before);
    }

    void both() {
        var servers = starts(Ids.JELLYFIN);
        var agents = starts(AGENT);
        life.town().crash(AGENT);
        life.town().crash(Ids.JELLYFIN);
        awaitServer(servers);
        awaitAgent(agents);
    }

    /// What was not saved is gone with the disk.
    void loseNode() {
        var old = life.town().replicas();
        life.town().loseNode();
        life.await("the replica is gone", () -> life.town().replicas().stream().noneMatch(old::contains));
        life.expect(Expectation::lost);
        life.wake();
        life.town().awaitHolder();
    }

    void drainNode() {
        var before = Point.of(life.server().facts());
        life.town().awaitHolder();
        long last = life.town().drainNode();
        life.expect(expectation -> expectation.sealed(before.furthest(new Point(last, before.users()))));
        life.wake();
        life.town().awaitHolder();
    }

    private long starts(String container) {
        return life.town().starts(container);
    }

    private void awaitServer(long startsBefore) {
        life.await(
                "the server is back",
                () -> starts(Ids.JELLYFIN) > startsBefore && life.server().status("GET", "/health", "") == 200);
    }

    private void awaitAgent(long startsBefore) {
        life.await("the agent is back", () -> starts(AGENT) > startsBefore);
        life.town().awaitHolder();
    }
}
