package dev.jellykeep.sandbox.containerapps.settings;

/// A token bucket: how many calls at once, and how many more each second.
public record Bucket(int size, double perSecond) {
    public Bucket {
        if (size < 1 || perSecond <= 0) {
            throw new IllegalArgumentException("A bucket of " + size + " refilled by " + perSecond
                    + " per second lets nothing pass: give a size of at least 1 and a rate above 0.");
        }
    }
}
