package dev.jellykeep.store.azure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The requests about one blob.
final class RemoteBlob {
    private static final String RANGE = "x-ms-range";
    /// For 50 000 blocks.
    private static final int MOST_BLOCK_LIST = 8 * 1024 * 1024;

    private final Transport transport;
    private final String url;

    RemoteBlob(Transport transport, String url) {
        this.transport = transport;
        this.url = url;
    }

    /// What must hold, or the service refuses with 412 (or 304, where it is a GET and the ETag is the same).
    record Condition(String header, String value) {
        static final Condition ABSENT = new Condition("If-None-Match", "*");

        static Condition same(String etag) {
            return new Condition("If-Match", etag);
        }

        static Condition other(String etag) {
            return new Condition("If-None-Match", etag);
        }
    }

    /// The whole of a blob.
    ///
    /// @param most bytes; a larger one is an error
    Reply get(int most, @Nullable Condition condition) {
        return transport.send(conditional("GET", url, condition), most);
    }

    /// The first bytes of a blob that should be small.
    Reply getFirst(int most, @Nullable Condition condition) {
        return transport.send(conditional("GET", url, condition).set(RANGE, "bytes=0-" + (most - 1)), most);
    }

    /// A range that may be large.
    Reply getRange(long offset, int size, @Nullable Condition condition) {
        var range = "bytes=" + offset + "-" + (offset + size - 1);
        return transport.send(conditional("GET", url, condition).set(RANGE, range), size);
    }

    Reply properties() {
        return transport.send(Request.of("HEAD", url));
    }

    /// Put Blob.
    ///
    /// @return the new ETag
    String put(byte[] content, Map<String, String> metadata, @Nullable Condition condition) {
        var request = conditional("PUT", url, condition).set("x-ms-blob-type", "BlockBlob");
        return transport
                .send(withMetadata(request, metadata).withBody("octet-stream", content, content.length))
                .etag();
    }

    /// Put Block, with its MD5: a block that was damaged on the way is refused, and a service that gets none computes
    /// a checksum of its own.
    ///
    /// @param timeout until the service has answered
    Reply putBlock(String id, byte[] buffer, int length, Duration timeout) {
        var request = Request.of("PUT", url + "?comp=block&blockid=" + BlobApi.encode(id));
        md5(buffer, length).ifPresent(md5 -> request.set("Content-MD5", md5));
        return transport.send(request.withBody("octet-stream", buffer, length), Transport.SMALL_REPLY, timeout);
    }

    /// Put Block List: makes a blob of these blocks.
    void putBlockList(List<Block> blocks, Map<String, String> metadata, Condition condition) {
        var request = withMetadata(conditional("PUT", url + "?comp=blocklist", condition), metadata);
        var xml = Block.xml(blocks).getBytes(StandardCharsets.UTF_8);
        var _ = transport.send(request.withBody("xml", xml, xml.length));
    }

    /// Get Block List, of the committed ones: for {@link Block#committed}.
    Reply blockList() {
        return transport.send(Request.of("GET", url + "?comp=blocklist&blocklisttype=committed"), MOST_BLOCK_LIST);
    }

    void delete() {
        var _ = transport.send(Request.of("DELETE", url));
    }

    /// In Base64; empty on a machine whose rules forbid MD5 for any purpose (FIPS).
    static Optional<String> md5(byte[] bytes, int length) {
        try {
            var digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return Optional.of(Base64.getEncoder().encodeToString(digest.digest()));
        } catch (NoSuchAlgorithmException _) {
            return Optional.empty();
        }
    }

    private static Request conditional(String method, String url, @Nullable Condition condition) {
        var request = Request.of(method, url);
        return condition == null ? request : request.set(condition.header(), condition.value());
    }

    private static Request withMetadata(Request request, Map<String, String> metadata) {
        metadata.forEach((key, value) -> request.set(Reply.METADATA + key, value));
        return request;
    }
}
