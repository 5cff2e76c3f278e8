package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One folder of one blob container.
///
/// @param accountUrl such as `https://stfamily.blob.core.windows.net`; may be null where a connection string names it
/// @param prefix folder in the container, with or without slashes around it; `""` for the container itself
public record AzureLocation(@Nullable URI accountUrl, String container, String prefix) {
    private static final Pattern CONTAINER = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*|\\$root|\\$web");
    private static final Pattern SLASHES = Pattern.compile("^/+|/+$");

    public AzureLocation {
        if (!CONTAINER.matcher(container).matches()) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "'" + container + "' is not a name for a blob container: use 3 to 63 lower-case letters, digits and"
                            + " single hyphens.",
                    null);
        }
        prefix = SLASHES.matcher(prefix).replaceAll("");
        if (accountUrl != null) {
            accountUrl = Account.checkUrl(accountUrl.toString());
        }
    }

    /// What comes before each blob's name: empty, or ends with a slash.
    String namePrefix() {
        return prefix.isEmpty() ? "" : prefix + "/";
    }
}
