package dev.jellykeep.agent.restore;

import java.io.IOException;

/// An archive without any database, such as one made before the app had written anything: not a backup at
/// all, so its existence is no reason not to start empty.
public final class NotABackupException extends IOException {
    private static final long serialVersionUID = 1L;

    private NotABackupException(String message) {
        super(message);
    }

    static NotABackupException because(String why) {
        return new NotABackupException(why);
    }
}
