package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.desired.Rendering;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Tells one injection from another.
final class Digest {
    private static final int SHOWN = 16;

    private Digest() {}

    /// Hex; null where nothing can be rendered.
    static @Nullable String of(Rendering rendering) {
        if (!(rendering instanceof Rendering.Block block)) {
            return null;
        }
        try {
            byte[] text = block.template().toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text))
                    .substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
