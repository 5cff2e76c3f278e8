package dev.jellykeep.sandbox.demo;

import dev.jellykeep.sandbox.process.ChildProcess;

/// Something in the story went wrong; the message says what, and shows the end of the log that tells why.
final class DemoFailure extends RuntimeException {

    private static final int LINES = 15;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, ChildProcess process) {
        super(message + "\nThe last lines of " + process.name() + ":\n"
                + process.tail(LINES).indent(4).stripTrailing());
    }
}
