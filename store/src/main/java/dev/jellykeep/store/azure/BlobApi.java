package dev.jellykeep.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The few requests that a store needs of one container, each sent once through the SDK's pipeline, which signs
/// it. What isn't a success, the pipeline throws as a {@link RefusedException}.
final class BlobApi {
    private static final HttpHeaderName X_MS_VERSION = HttpHeaderName.fromString("x-ms-version");
    /// Old enough for every cloud and emulator; nothing newer is used.
    private static final String VERSION = "2024-11-04";
    /// Makes the HTTP client read a body before it hands out the reply, for twice the memory: a connection whose
    /// reply was read serves again, after a refusal too.
    private static final String READ_AT_ONCE = "azure-eagerly-read-response";
    /// What a URL's path and query hold as it is.
    private static final String PLAIN = "/-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final HttpPipeline pipeline;
    private final String container;

    BlobApi(HttpPipeline pipeline, URI account, String container) {
        this.pipeline = pipeline;
        this.container = account + "/" + container;
    }

    /// The blob of this name in the container, whether it is there or not.
    RemoteBlob blob(String name) {
        return new RemoteBlob(this, container + "/" + encode(name));
    }

    /// One page of blobs in the order of their names, with metadata.
    ///
    /// @param marker where the page before said that it goes on; null for the first
    BlobPage list(String prefix, int most, @Nullable String marker) {
        var url = container + "?restype=container&comp=list" + (prefix.isEmpty() ? "" : "&prefix=" + encode(prefix))
                + (marker == null ? "" : "&marker=" + encode(marker)) + "&maxresults=" + most + "&include=metadata";
        return BlobPage.of(send(request(HttpMethod.GET, url)));
    }

    /// A request without body. Its length is said because the SDK signs it.
    static HttpRequest request(HttpMethod method, String url) {
        return new HttpRequest(method, url)
                .setHeader(X_MS_VERSION, VERSION)
                .setHeader(HttpHeaderName.ACCEPT, "application/xml")
                .setHeader(HttpHeaderName.CONTENT_LENGTH, "0");
    }

    /// For small replies.
    Reply send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    /// For small replies.
    Reply send(HttpRequest request, Context context) {
        try (var reply = pipeline.sendSync(request, context.addData(READ_AT_ONCE, true))) {
            return Reply.read(reply, 0);
        }
    }

    /// For a reply with a body of about `size` bytes, which may be large.
    Reply stream(HttpRequest request, int size) {
        try (var reply = pipeline.sendSync(request, Context.NONE)) {
            return Reply.read(reply, size);
        }
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

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit & 0xf, 16));
    }
}
