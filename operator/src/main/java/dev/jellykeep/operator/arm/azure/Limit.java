package dev.jellykeep.operator.arm.azure;

/// How many requests ARM takes.
///
/// @param burst at once
/// @param perSecond in the long run
public record Limit(int burst, double perSecond) {
    /// ARM's own, per principal and subscription ("Understand how Azure Resource Manager throttles
    /// requests").
    public static final Limit READS = new Limit(250, 25);

    public static final Limit WRITES = new Limit(200, 10);

    public Limit {
        if (burst < 1 || !(perSecond > 0)) {
            throw new IllegalArgumentException("a limit needs room for at least one request, and a rate above 0");
        }
    }
}
