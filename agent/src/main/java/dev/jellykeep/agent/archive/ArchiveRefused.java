package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.Reason;
import java.io.IOException;

/// An archive that is not to be used: hostile, damaged or too new. The message is one clause, without its name.
public final class ArchiveRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private ArchiveRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static ArchiveRefused hostile(String why) {
        return new ArchiveRefused(Reason.HOSTILE_ARCHIVE, why);
    }

    public static ArchiveRefused damaged(String why) {
        return new ArchiveRefused(Reason.DAMAGED_ARCHIVE, why);
    }

    public static ArchiveRefused tooNew(long format) {
        return new ArchiveRefused(Reason.ARCHIVE_TOO_NEW, "it has format " + format + ": use a newer jellykeep");
    }

    public Reason reason() {
        return reason;
    }
}
