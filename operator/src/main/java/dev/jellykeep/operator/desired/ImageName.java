package dev.jellykeep.operator.desired;

import dev.jellykeep.operator.api.Layout;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of a Jellyfin image tells. Mirrors keep the last two parts of the repository.
///
/// @param repository last two parts, `jellyfin/jellyfin`
/// @param tag null with a digest alone
record ImageName(String repository, @Nullable String tag) {
    private static final Map<String, Layout> KNOWN = Map.of(
            "jellyfin/jellyfin", new Layout("/config", "/config/config"),
            "linuxserver/jellyfin", new Layout("/config/data", "/config"));

    // 10.11.3, v10.11.3, 10.11.3.20251105-010203, version-10.11.3ubu2404-ls12, amd64-10.11.3; no moving tag like 10.11
    private static final Pattern VERSION =
            Pattern.compile("(?:v|version-|amd64-)?([0-9]{1,3}\\.[0-9]{1,3}(?:\\.[0-9]{1,3}))(?![0-9]).*");

    static ImageName of(String image) {
        int digest = image.indexOf('@');
        String plain = digest < 0 ? image : image.substring(0, digest);
        int colon = plain.indexOf(':', plain.lastIndexOf('/') + 1);
        String[] parts = (colon < 0 ? plain : plain.substring(0, colon)).split("/", -1);
        String last = parts[parts.length - 1];
        return new ImageName(
                parts.length < 2 ? last : parts[parts.length - 2] + "/" + last,
                colon < 0 ? null : plain.substring(colon + 1));
    }

    /// Null for an image that isn't known.
    @Nullable
    Layout layout() {
        return KNOWN.get(repository);
    }

    /// Jellyfin's version; null where the tag doesn't name exactly one.
    @Nullable
    String version() {
        if (tag == null || layout() == null) {
            return null;
        }
        Matcher version = VERSION.matcher(tag);
        return version.matches() ? version.group(1) : null;
    }
}
