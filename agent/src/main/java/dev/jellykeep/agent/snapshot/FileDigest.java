package dev.jellykeep.agent.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// SHA-256 of a file's bytes. Never of a database that a SQLite connection of this process has open.
public final class FileDigest {
    private static final int BUFFER = 1 << 16;

    private FileDigest() {}

    public static String of(Path file) throws IOException {
        MessageDigest digest = ContentDigest.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
