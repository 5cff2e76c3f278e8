package dev.jellykeep.agent.lineage;

import dev.jellykeep.contract.lineage.LineageDocument;
import java.time.Duration;

/// One reading of `lineage.json`.
public sealed interface Reading {
    /// @param age `Date − Last-Modified` of this reading
    record Present(LineageDocument document, String etag, Duration age) implements Reading {}

    record Missing() implements Reading {}

    /// Not a lineage document: saved aside before it is replaced.
    record Unreadable(String etag, String why) implements Reading {}

    /// Written by a newer version: never replaced.
    record TooNew(long format) implements Reading {}
}
