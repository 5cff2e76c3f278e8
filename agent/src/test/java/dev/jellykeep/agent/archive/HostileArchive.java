package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.Reason;

/// An archive that must not be accepted.
///
/// @param name what is wrong with it
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record HostileArchive(String name, Reason expected, byte[] archive, Limits limits) {
    static final Limits LIMITS = new Limits(1000, 64L << 20, 1L << 20, 50);

    static HostileArchive hostile(String name, byte[] archive) {
        return new HostileArchive(name, Reason.HOSTILE_ARCHIVE, archive, LIMITS);
    }

    static HostileArchive damaged(String name, byte[] archive) {
        return new HostileArchive(name, Reason.DAMAGED_ARCHIVE, archive, LIMITS);
    }

    static HostileArchive tooNew(String name, byte[] archive) {
        return new HostileArchive(name, Reason.ARCHIVE_TOO_NEW, archive, LIMITS);
    }

    HostileArchive within(Limits other) {
        return new HostileArchive(name, expected, archive, other);
    }

    @Override
    public String toString() {
        return name;
    }
}
