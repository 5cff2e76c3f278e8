package dev.jellykeep.operator.desired;

/// What the lineage's head takes on a replica's disk, as its manifest says.
///
/// @param bytes uncompressed, of everything
/// @param largestDatabase bytes; a backup keeps a copy of it for a while
public record StoredData(long bytes, long largestDatabase) {}
