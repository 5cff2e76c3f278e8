package dev.jellykeep.contract.settings;

/// What a restore accepts at most.
///
/// @param maxArchiveEntries files, folders and links
/// @param maxArchiveSize uncompressed bytes
public record LimitSettings(int maxArchiveEntries, long maxArchiveSize) {}
