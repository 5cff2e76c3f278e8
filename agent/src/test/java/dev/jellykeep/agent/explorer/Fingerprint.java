package dev.jellykeep.agent.explorer;

/// 64 bits that tell states apart. Two of a million that are taken for one: once in 40 million such runs.
final class Fingerprint {
    private Fingerprint() {}

    static long of(long seed, Object... parts) {
        long print = seed;
        for (Object part : parts) {
            print = mix(print + (part instanceof Long number ? number : text(String.valueOf(part))));
        }
        return print;
    }

    private static long text(String text) {
        long print = 1469598103934665603L;
        for (int i = 0; i < text.length(); i++) {
            print = (print ^ text.charAt(i)) * 1099511628211L;
        }
        return mix(print);
    }

    static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0x4cd6944c5cc20b6dL;
        mixed = (mixed ^ (mixed >>> 29)) * 0xfc12c5b19d3259e9L;
        return mixed ^ (mixed >>> 32);
    }
}
