package dev.jellykeep.agent.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Which paths a snapshot may hold. Nothing is taken that a restore refuses: there are file systems with longer names
/// than Linux has elsewhere.
public final class NameRules {
    /// Bytes of one part of a path.
    public static final int LONGEST_PART = 255;

    /// Restores stage below a folder of their own, and no path may be longer than 4096 bytes there either.
    static final int LONGEST_PATH = 3500;

    private NameRules() {}

    /// @param path relative to the data root
    /// @return why it can't be archived, one clause; empty if it can
    public static Optional<String> against(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (bytes(path) > LONGEST_PATH) {
            return Optional.of("the path is too long");
        }
        if (bytes(name) > LONGEST_PART) {
            return Optional.of("the name is longer than " + LONGEST_PART + " bytes");
        }
        return name.indexOf('\uFFFD') >= 0 ? Optional.of("the name is not valid UTF-8") : Optional.empty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
