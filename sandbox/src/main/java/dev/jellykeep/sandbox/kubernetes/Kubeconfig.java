package dev.jellykeep.sandbox.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

/// Writes kubeconfig files: one server, one user with a token.
record Kubeconfig(String server, Path authority) {

    /// Writes one for a user, readable by its owner only.
    ///
    /// @return the file
    Path write(Path file, String user, String token) throws IOException {
        var data = Base64.getEncoder().encodeToString(Files.readAllBytes(authority));
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: sandbox
                    cluster: {server: "%s", certificate-authority-data: %s}
                users:
                  - name: %s
                    user: {token: "%s"}
                contexts:
                  - name: sandbox
                    context: {cluster: sandbox, user: %s}
                current-context: sandbox
                """.formatted(server, data, user, token, user));
    }
}
