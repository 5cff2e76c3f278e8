package dev.jellykeep.contract.archive;

public enum ArchiveKind {
    SCHEDULED,
    FIRST,
    REQUESTED,
    HANDOFF,
    FINAL,
    PRE_ROLLOUT,
    MANUAL,
    ADOPTED;

    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
