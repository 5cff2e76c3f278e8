package dev.jellykeep.sandbox.blob;

import dev.jellykeep.sandbox.identity.Tokens;
import dev.jellykeep.sandbox.identity.Tokens.Finding;
import java.util.List;

/// Whether a request may pass, and what it is told if not (pure, but for what the two ports know).
sealed interface Admission {
    String AUDIENCE = "https://storage.azure.com";

    /// Storage Blob Data Contributor
    String CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

    /// Storage Blob Data Reader
    String READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

    /// Storage Blob Data Owner
    String OWNER = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";

    record Admitted() implements Admission {}

    record Refused(StorageError error, String detail) implements Admission {}

    /// Knows tokens.
    @FunctionalInterface
    interface Inspector {
        Finding inspect(String token, String audience);
    }

    /// @param account the account's resource id
    static Admission of(BlobRequest request, String account, Inspector tokens, StorageAccount.Roles roles) {
        if (request.keyed()) {
            return new Refused(StorageError.KEY_NOT_PERMITTED, "");
        }
        if (request.bearer().isEmpty()) {
            return new Refused(StorageError.NO_AUTHENTICATION, "");
        }
        return switch (tokens.inspect(request.bearer(), AUDIENCE)) {
            case Tokens.Finding.Invalid(var detail) -> new Refused(StorageError.INVALID_TOKEN, detail);
            case Tokens.Finding.Valid(var principal) -> {
                var scope = request.container().isEmpty()
                        ? account
                        : account + "/blobServices/default/containers/" + request.container();
                var enough = request.writes() ? List.of(CONTRIBUTOR, OWNER) : List.of(READER, CONTRIBUTOR, OWNER);
                yield enough.stream().anyMatch(role -> roles.hold(principal, role, scope))
                        ? new Admitted()
                        : new Refused(StorageError.PERMISSION_MISMATCH, "");
            }
        };
    }
}
