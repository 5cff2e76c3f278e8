package dev.jellykeep.store.azure;

import java.util.LinkedHashMap;
import java.util.Map;

/// One request, not yet dated or signed.
///
/// @param url without a SAS
/// @param headers in the order in which they are sent; each name once
/// @param length bytes of `body` that count, from its first
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Request(String method, String url, Map<String, String> headers, byte[] body, int length) {
    /// A request without body.
    static Request of(String method, String url) {
        return new Request(method, url, new LinkedHashMap<>(), new byte[0], 0).set("Accept", "application/xml");
    }

    Request set(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /// The same with a body, whose bytes must stay what they are until the reply is there.
    ///
    /// @param type after `application/`
    Request withBody(String type, byte[] bytes, int count) {
        return new Request(method, url, headers, bytes, count).set("Content-Type", "application/" + type);
    }

    @Override
    public String toString() {
        return method + " " + url;
    }
}
