package dev.jellykeep.contract.settings;

/// What may be promoted.
///
/// @param minSize uncompressed bytes
/// @param maxShrinkPercent 0 to 100, of uncompressed bytes
/// @param anyData whether data that isn't Jellyfin's is accepted
public record GuardSettings(long minSize, int maxShrinkPercent, boolean anyData) {}
