package dev.jellykeep.sandbox.azurite;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Azurite's account, whose key is public, and the signed requests that tests need before any SDK is there.
final class SharedKey {
    static final String ACCOUNT = "devstoreaccount1";
    static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final String SERVICE_VERSION = "2023-11-03";

    private SharedKey() {}

    static void createContainer(URI endpoint, @Nullable SSLContext tls, String name)
            throws IOException, InterruptedException {
        put(endpoint, tls, name + "?restype=container", "\nrestype:container", null, new byte[0]);
    }

    static void putBlob(URI endpoint, @Nullable SSLContext tls, String container, String name, byte[] content)
            throws IOException, InterruptedException {
        put(endpoint, tls, container + "/" + encoded(name), "", "BlockBlob", content);
    }

    private static void put(
            URI endpoint, @Nullable SSLContext tls, String path, String signedQuery, @Nullable String type, byte[] body)
            throws IOException, InterruptedException {
        var date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
        var toSign = "PUT\n\n\n" + (body.length == 0 ? "" : body.length) + "\n".repeat(9)
                + (type == null ? "" : "x-ms-blob-type:" + type + "\n")
                + "x-ms-date:" + date + "\nx-ms-version:" + SERVICE_VERSION
                + "\n/" + ACCOUNT + "/" + ACCOUNT + "/" + path.split("[?]", 2)[0] + signedQuery;
        var request = HttpRequest.newBuilder(URI.create(endpoint + "/" + path))
                .timeout(Duration.ofSeconds(60))
                .header("x-ms-date", date)
                .header("x-ms-version", SERVICE_VERSION)
                .header("Authorization", "SharedKey " + ACCOUNT + ":" + sign(toSign))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        if (type != null) {
            request.header("x-ms-blob-type", type);
        }
        var client = HttpClient.newBuilder();
        if (tls != null) {
            client.sslContext(tls);
        }
        try (var http = client.build()) {
            var reply = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() != 201) {
                throw new IOException("Azurite refused PUT " + path + ": " + reply.statusCode() + " " + reply.body());
            }
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static String sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
