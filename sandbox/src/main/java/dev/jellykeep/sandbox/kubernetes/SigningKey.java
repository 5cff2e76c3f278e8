package dev.jellykeep.sandbox.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;

/// A new key by which an API server signs the tokens of service accounts.
final class SigningKey {
    private static final int BITS = 2048;
    private static final int LINE = 64;

    private SigningKey() {}

    /// Writes one in PEM.
    ///
    /// @return the file, readable by its owner only
    static Path write(Path file) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            var encoder = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII));
            var text = encoder.encodeToString(
                    generator.generateKeyPair().getPrivate().getEncoded());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't make RSA keys", e);
        }
    }
}
