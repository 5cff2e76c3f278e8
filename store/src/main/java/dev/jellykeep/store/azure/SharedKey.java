package dev.jellykeep.store.azure;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Microsoft's "Authorize with Shared Key", as of version 2015-02-21: an HMAC over what the service will see of a
/// request.
final class SharedKey implements Authentication {
    private static final String ALGORITHM = "HmacSHA256";

    private final String account;
    private final SecretKeySpec key;

    /// A key.
    ///
    /// @param key in Base64
    SharedKey(String account, String key) {
        this.account = account;
        this.key = new SecretKeySpec(Base64.getDecoder().decode(key), ALGORITHM);
    }

    @Override
    public String sign(Request request) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            var signature = mac.doFinal(whatIsSigned(request).getBytes(StandardCharsets.UTF_8));
            request.set(
                    "Authorization",
                    "SharedKey " + account + ":" + Base64.getEncoder().encodeToString(signature));
            return request.url();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM can't compute " + ALGORITHM, e);
        }
    }

    private String whatIsSigned(Request request) {
        var standard = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        standard.putAll(request.headers());
        var lines = new ArrayList<String>();
        lines.add(request.method());
        lines.add(standard.getOrDefault("Content-Encoding", ""));
        lines.add(standard.getOrDefault("Content-Language", ""));
        lines.add(request.length() == 0 ? "" : Integer.toString(request.length()));
        lines.add(standard.getOrDefault("Content-MD5", ""));
        lines.add(standard.getOrDefault("Content-Type", ""));
        lines.add(""); // Date: x-ms-date counts instead.
        lines.add(standard.getOrDefault("If-Modified-Since", ""));
        lines.add(standard.getOrDefault("If-Match", ""));
        lines.add(standard.getOrDefault("If-None-Match", ""));
        lines.add(standard.getOrDefault("If-Unmodified-Since", ""));
        lines.add(standard.getOrDefault("Range", ""));
        xms(request.headers()).forEach((name, value) -> lines.add(name + ":" + value));
        var url = URI.create(request.url());
        lines.add("/" + account + (url.getRawPath().isEmpty() ? "/" : url.getRawPath()));
        query(url).forEach((name, value) -> lines.add(name + ":" + value));
        return String.join("\n", lines);
    }

    /// In the service's order, which is not that of the bytes: hyphens don't count, and `_` comes before digits.
    private static Map<String, String> xms(Map<String, String> headers) {
        var found = new TreeMap<String, Map.Entry<String, String>>();
        headers.forEach((header, value) -> {
            var name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("x-ms-")) {
                found.put(name.replace("-", "").replace('_', ' '), Map.entry(name, value));
            }
        });
        var ordered = new LinkedHashMap<String, String>();
        found.values().forEach(each -> ordered.put(each.getKey(), each.getValue()));
        return ordered;
    }

    /// By name, decoded.
    private static Map<String, String> query(URI url) {
        var found = new TreeMap<String, String>();
        if (url.getRawQuery() != null) {
            for (var each : url.getRawQuery().split("&", -1)) {
                var pair = each.split("=", 2);
                found.put(
                        BlobApi.decode(pair[0]).toLowerCase(Locale.ROOT),
                        pair.length < 2 ? "" : BlobApi.decode(pair[1]));
            }
        }
        return found;
    }
}
