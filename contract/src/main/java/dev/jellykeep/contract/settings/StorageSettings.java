package dev.jellykeep.contract.settings;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where archives go: an account's container, or a local folder, never both.
///
/// @param accountUrl without container, query or trailing slash; null with a connection string or a folder
/// @param container null with a folder
/// @param prefix without a slash at either end; `""`: none
/// @param folder in place of an account
public record StorageSettings(
        @Nullable URI accountUrl,
        @Nullable String container,
        String prefix,
        @Nullable Path folder) {

    /// What a command that needs the storage lacks; empty if nothing.
    ///
    /// @param connectionString whether AZURE_STORAGE_CONNECTION_STRING is given
    public List<Problem> missing(boolean connectionString) {
        if (folder != null) {
            return List.of();
        }
        if (accountUrl == null && !connectionString) {
            return List.of(Problem.missing(
                    Setting.ACCOUNT_URL,
                    "write https://ACCOUNT.blob.core.windows.net, or give %s, or a local %s"
                            .formatted(EcosystemVariable.AZURE_STORAGE_CONNECTION_STRING, Setting.FOLDER.flag())));
        }
        return container == null
                ? List.of(Problem.missing(Setting.CONTAINER, "write the name of the blob container"))
                : List.of();
    }
}
