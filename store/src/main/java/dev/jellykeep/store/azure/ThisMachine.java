package dev.jellykeep.store.azure;

import java.util.regex.Pattern;

/// Addresses that no network lies before.
final class ThisMachine {
    private static final Pattern NAMES = Pattern.compile("localhost|127\\.[0-9.]+|\\[?::1]?", Pattern.CASE_INSENSITIVE);

    private ThisMachine() {}

    static boolean is(String host) {
        return NAMES.matcher(host).matches();
    }
}
