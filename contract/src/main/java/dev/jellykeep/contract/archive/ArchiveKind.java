package dev.jellykeep.contract.archive;

import java.util.Arrays;
import java.util.Optional;

/// Why an archive was made.
public enum ArchiveKind {
    /// The interval had passed.
    SCHEDULED("scheduled"),
    /// The first state of a fresh server that passed the guards.
    FIRST("first"),
    /// A person or a pipeline asked for it.
    REQUESTED("requested"),
    /// A new replica asked before it restores.
    HANDOFF("handoff"),
    /// SIGTERM.
    FINAL("final"),
    /// The operator asked before it changes the template.
    PRE_ROLLOUT("pre-rollout"),
    /// `jellykeep backup` at a prompt.
    MANUAL("manual"),
    /// Made by another tool, taken over as the head.
    ADOPTED("adopted");

    private final String wireName;

    ArchiveKind(String wireName) {
        this.wireName = wireName;
    }

    /// As written in headers, documents and blob metadata. Never changes.
    public String wireName() {
        return wireName;
    }

    /// Empty for a kind that this version doesn't know.
    public static Optional<ArchiveKind> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }
}
