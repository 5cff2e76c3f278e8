package dev.jellykeep.scenarios.town;

/// Something isn't as it must be; the message says what, and what was seen instead.
public final class ScenarioFailure extends RuntimeException {
    public ScenarioFailure(String message) {
        super(message);
    }
}
