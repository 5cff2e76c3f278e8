package dev.jellykeep.store.azure;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The few requests that a store needs of one container, each sent once. What isn't a success is thrown as a
/// {@link RefusedException}.
final class BlobApi {
    /// What a URL's path and query hold as it is.
    private static final String PLAIN = "/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// For 5000 blobs with names and metadata; a page with the longest of all is split by the service.
    private static final int MOST_LISTING = 24 * 1024 * 1024;

    private final Transport transport;
    private final String container;

    BlobApi(Transport transport, URI account, String container) {
        this.transport = transport;
        this.container = account + "/" + container;
    }

    /// The blob of this name in the container, whether it is there or not.
    RemoteBlob blob(String name) {
        return new RemoteBlob(transport, container + "/" + encode(name));
    }

    /// One page of blobs in the order of their names, with metadata.
    ///
    /// @param marker where the page before said that it goes on; null for the first
    BlobPage list(String prefix, int most, @Nullable String marker) {
        var url = container + "?restype=container&comp=list" + (prefix.isEmpty() ? "" : "&prefix=" + encode(prefix))
                + (marker == null ? "" : "&marker=" + encode(marker)) + "&maxresults=" + most + "&include=metadata";
        return BlobPage.of(transport.send(Request.of("GET", url), MOST_LISTING));
    }

    static String encode(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(hex(b >> 4)).append(hex(b));
            }
        }
        return encoded.toString();
    }

    /// What was encoded so. A plus is no space.
    static String decode(String encoded) {
        return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit & 0xf, 16));
    }
}
