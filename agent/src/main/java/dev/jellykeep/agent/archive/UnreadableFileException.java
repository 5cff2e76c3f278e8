package dev.jellykeep.agent.archive;

import java.io.IOException;

/// One file of the data root can't be archived; the archive can go on without it.
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableFileException(String path, IOException cause) {
        super("can't be read: " + cause.getClass().getSimpleName() + " " + path, cause);
    }

    private UnreadableFileException(String message) {
        super(message);
    }

    static UnreadableFileException becameDatabase(String path) {
        return new UnreadableFileException(
                "became a database after the scan, so it waits for the next backup: " + path);
    }
}
