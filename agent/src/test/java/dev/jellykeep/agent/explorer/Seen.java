package dev.jellykeep.agent.explorer;

/// A set of fingerprints, without objects.
final class Seen {
    private long[] slots = new long[1 << 16];
    private int size;
    private boolean zero;

    /// @return false: it was there
    boolean add(long print) {
        if (print == 0) {
            boolean fresh = !zero;
            zero = true;
            return fresh;
        }
        if (size * 2 > slots.length) {
            grow();
        }
        boolean fresh = put(slots, print);
        size += fresh ? 1 : 0;
        return fresh;
    }

    private static boolean put(long[] into, long print) {
        int mask = into.length - 1;
        int at = (int) Fingerprint.mix(print) & mask;
        while (into[at] != 0) {
            if (into[at] == print) {
                return false;
            }
            at = (at + 1) & mask;
        }
        into[at] = print;
        return true;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long print : slots) {
            if (print != 0) {
                put(larger, print);
            }
        }
        slots = larger;
    }
}
