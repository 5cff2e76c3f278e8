package dev.jellykeep.agent.snapshot;

import dev.jellykeep.contract.archive.EntryType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A digest over what a snapshot holds: path, type, size, mode, owner and content of every entry in the order of
/// {@link PathOrder}. Two snapshots of equal content have equal digests, whatever their archives' bytes.
public final class ContentDigest {
    private final MessageDigest digest = sha256();

    /// @param content hex digest of the file's bytes, or the link's target; null for folders
    public void add(String path, EntryType type, long size, int mode, long uid, long gid, @Nullable String content) {
        String line = String.join(
                "\0",
                path,
                type.wireName(),
                Long.toString(size),
                Integer.toOctalString(mode),
                Long.toString(uid),
                Long.toString(gid),
                content == null ? "" : content);
        digest.update(line.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '\n');
    }

    /// Hex; the object can't be used after.
    public String finish() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /// A new SHA-256.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
