package dev.jellykeep.contract.lineage;

import org.jspecify.annotations.Nullable;

/// A final snapshot that a guard refused.
///
/// @param reason the guard's reason
/// @param name where it is kept under `suspect/`; null if it was not kept
public record Refusal(String reason, @Nullable String name) {}
