package dev.jellykeep.contract.layout;

/// What a token request under `control/` asks for.
public enum RequestKind {
    /// A backup now.
    BACKUP("backup"),
    /// A restore of an older archive, once, in `control/restore.json`; this one only says that its token was used.
    RESTORE("restore"),
    /// A restore into a scratch folder.
    DRILL("drill"),
    /// Retention now.
    PRUNE("prune"),
    /// Let go of the lineage and go on as a fork-writer; asked of one replica.
    YIELD("yield");

    private final String wireName;

    RequestKind(String wireName) {
        this.wireName = wireName;
    }

    /// The part of the blob's name before the digest. Never changes.
    public String wireName() {
        return wireName;
    }
}
