package dev.jellykeep.agent.report;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One small request that wants nothing but a status. Redirects are not followed: what is sent is for the address
/// alone.
public final class WebRequest {
    private static final int TIMEOUT_MS = 5000;

    private final Function<URI, Proxy> proxy;

    /// @param proxy by which an address is reached
    public WebRequest(Function<URI, Proxy> proxy) {
        this.proxy = proxy;
    }

    /// @return the status of the answer
    int get(URI url) throws IOException {
        return send(url, "GET", null, null);
    }

    /// @return the status of the answer
    int post(URI url, String contentType, String body) throws IOException {
        return send(url, "POST", contentType, body);
    }

    private int send(URI url, String method, @Nullable String contentType, @Nullable String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) withoutUser(url).toURL().openConnection(proxy.apply(url));
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod(method);
        connection.setRequestProperty("User-Agent", "jellykeep");
        if (url.getRawUserInfo() != null) {
            String user = URLDecoder.decode(url.getRawUserInfo().replace("+", "%2B"), StandardCharsets.UTF_8);
            connection.setRequestProperty(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
        }
        try {
            if (body != null) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", contentType);
                connection.setFixedLengthStreamingMode(bytes.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static URI withoutUser(URI url) {
        String authority = url.getRawAuthority();
        int at = authority == null ? -1 : authority.lastIndexOf('@');
        return at < 0 ? url : URI.create(url.toString().replaceFirst("://[^/?#]*@", "://"));
    }
}
