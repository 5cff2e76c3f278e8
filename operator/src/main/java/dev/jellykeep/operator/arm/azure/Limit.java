package dev.jellykeep.operator.arm.azure;

/// How many requests ARM takes.
///
/// @param burst at once
/// @param perSecond in the long run
public record Limit(int burst, double perSecond) {
    /// Per principal and subscription ("Understand how Azure Resource Manager throttles requests").
    static final Limit OF_ARM_READS = new Limit(250, 25);

    static final Limit OF_ARM_WRITES = new Limit(200, 10);

    /// What is kept back of a burst: while its first requests are on their way, our count already trickles in, but
    /// ARM's bucket is full and gains nothing.
    private static final int SECONDS_ON_THE_WAY = 2;

    public static final Limit READS = OF_ARM_READS.keptBack();

    public static final Limit WRITES = OF_ARM_WRITES.keptBack();

    public Limit {
        if (burst < 1 || !(perSecond > 0)) {
            throw new IllegalArgumentException("a limit needs room for at least one request, and a rate above 0");
        }
    }

    private Limit keptBack() {
        return new Limit((int) (burst - SECONDS_ON_THE_WAY * perSecond), perSecond);
    }
}
