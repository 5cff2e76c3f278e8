package dev.jellykeep.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The requests about one blob.
final class RemoteBlob {
    private static final HttpHeaderName RANGE = HttpHeaderName.fromString("x-ms-range");
    private static final HttpHeaderName TYPE = HttpHeaderName.fromString("x-ms-blob-type");
    /// Where the SDK's HTTP client looks for the time that this one request may take.
    private static final String RESPONSE_TIMEOUT = "azure-response-timeout";

    private final BlobApi api;
    private final String url;

    RemoteBlob(BlobApi api, String url) {
        this.api = api;
        this.url = url;
    }

    /// What must hold, or the service refuses with 412 (or 304, where it is a GET and the ETag is the same).
    record Condition(HttpHeaderName header, String value) {
        static final Condition ABSENT = new Condition(HttpHeaderName.IF_NONE_MATCH, "*");

        static Condition same(String etag) {
            return new Condition(HttpHeaderName.IF_MATCH, etag);
        }

        static Condition other(String etag) {
            return new Condition(HttpHeaderName.IF_NONE_MATCH, etag);
        }
    }

    /// The whole of a small blob.
    Reply get(@Nullable Condition condition) {
        return api.send(conditional(HttpMethod.GET, url, condition));
    }

    /// The first bytes of a blob that should be small.
    Reply getFirst(int most, @Nullable Condition condition) {
        return api.send(conditional(HttpMethod.GET, url, condition).setHeader(RANGE, "bytes=0-" + (most - 1)));
    }

    /// A range that may be large.
    Reply getRange(long offset, int size, @Nullable Condition condition) {
        var range = "bytes=" + offset + "-" + (offset + size - 1);
        return api.stream(conditional(HttpMethod.GET, url, condition).setHeader(RANGE, range), size);
    }

    Reply properties() {
        return api.send(BlobApi.request(HttpMethod.HEAD, url));
    }

    /// Put Blob.
    ///
    /// @return the new ETag
    String put(byte[] content, Map<String, String> metadata, @Nullable Condition condition) {
        var request = conditional(HttpMethod.PUT, url, condition).setHeader(TYPE, "BlockBlob");
        return api.send(withBody(withMetadata(request, metadata), BinaryData.fromBytes(content), "octet-stream"))
                .etag();
    }

    /// Put Block.
    ///
    /// @param timeout until the service has answered
    Reply putBlock(String id, byte[] buffer, int length, Duration timeout) {
        var request = BlobApi.request(HttpMethod.PUT, url + "?comp=block&blockid=" + BlobApi.encode(id));
        var data = BinaryData.fromByteBuffer(ByteBuffer.wrap(buffer, 0, length));
        return api.send(withBody(request, data, "octet-stream"), new Context(RESPONSE_TIMEOUT, timeout));
    }

    /// Put Block List: makes a blob of these blocks.
    void putBlockList(List<Block> blocks, Map<String, String> metadata, Condition condition) {
        var request = withMetadata(conditional(HttpMethod.PUT, url + "?comp=blocklist", condition), metadata);
        var _ = api.send(withBody(request, BinaryData.fromString(Block.xml(blocks)), "xml"));
    }

    /// Get Block List, of the committed ones: for {@link Block#committed}.
    Reply blockList() {
        return api.send(BlobApi.request(HttpMethod.GET, url + "?comp=blocklist&blocklisttype=committed"));
    }

    void delete() {
        var _ = api.send(BlobApi.request(HttpMethod.DELETE, url));
    }

    private static HttpRequest conditional(HttpMethod method, String url, @Nullable Condition condition) {
        var request = BlobApi.request(method, url);
        return condition == null ? request : request.setHeader(condition.header(), condition.value());
    }

    private static HttpRequest withMetadata(HttpRequest request, Map<String, String> metadata) {
        metadata.forEach((key, value) -> request.setHeader(HttpHeaderName.fromString(Reply.METADATA + key), value));
        return request;
    }

    private static HttpRequest withBody(HttpRequest request, BinaryData body, String subtype) {
        return request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/" + subtype)
                .setBody(body);
    }
}
