package dev.jellykeep.sandbox.standin;

/// The server will not start on what it found; the message is one sentence that says what and where.
final class StandInRefusal extends RuntimeException {

    StandInRefusal(String message) {
        super(message);
    }
}
