package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.Reason;
import java.io.IOException;

/// An archive that is not to be used: hostile, damaged or too new. The message is one clause, without its name.
public final class ArchiveRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 250;

    private final Reason reason;

    private ArchiveRefused(Reason reason, String message) {
        super(printable(message));
        this.reason = reason;
    }

    /// Names and texts out of an archive end up in logs.
    private static String printable(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
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
