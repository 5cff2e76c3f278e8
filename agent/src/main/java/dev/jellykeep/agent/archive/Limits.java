package dev.jellykeep.agent.archive;

/// What an archive may ask of us.
///
/// @param entries files, folders and links
/// @param bytes uncompressed, in total
/// @param ratioFrom uncompressed bytes from which on the ratio counts; only where no manifest vouches for the
///     archive
/// @param ratio uncompressed to compressed
public record Limits(long entries, long bytes, long ratioFrom, long ratio) {
    private static final long FREE_OF_RATIO = 256L << 20;
    private static final long HIGHEST_RATIO = 200;

    public static Limits of(long entries, long bytes) {
        return new Limits(entries, bytes, FREE_OF_RATIO, HIGHEST_RATIO);
    }

    public Limits withBytes(long other) {
        return new Limits(entries, Math.min(bytes, other), ratioFrom, ratio);
    }
}
