package dev.jellykeep.store.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.DateTimeRfc1123;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// One successful reply, read whole.
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Reply(HttpHeaders headers, byte[] body) {
    static final String METADATA = "x-ms-meta-";

    /// Reads a reply.
    ///
    /// @param expected size of the body, as far as it is known
    /// @throws UncheckedIOException if the connection is lost before the body's end
    static Reply read(HttpResponse reply, int expected) {
        var headers = reply.getHeaders();
        if (reply.getRequest().getHttpMethod() == HttpMethod.HEAD) {
            return new Reply(headers, new byte[0]);
        }
        var body = new Body(expected);
        try {
            reply.writeBodyTo(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var announced = headers.getValue(HttpHeaderName.CONTENT_LENGTH);
        if (announced != null && Long.parseLong(announced) != body.length) {
            throw new UncheckedIOException(
                    new IOException("the body has " + body.length + " bytes where " + announced + " were announced"));
        }
        return new Reply(headers, body.whole());
    }

    /// In quotes, as it goes back into a condition.
    String etag() {
        return required(HttpHeaderName.ETAG);
    }

    Instant lastModified() {
        return new DateTimeRfc1123(required(HttpHeaderName.LAST_MODIFIED))
                .getDateTime()
                .toInstant();
    }

    /// Bytes of the body that a GET would have, in the reply to a HEAD.
    long length() {
        return Long.parseLong(required(HttpHeaderName.CONTENT_LENGTH));
    }

    /// The blob's length in the reply to a GET, from `Content-Range: bytes 0-9/LENGTH` where a range was asked for.
    long total() {
        var range = headers.getValue(HttpHeaderName.CONTENT_RANGE);
        return range == null ? body.length : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }

    /// The blob's metadata, keys in lower case.
    Map<String, String> metadata() {
        var metadata = new HashMap<String, String>();
        for (var header : headers) {
            var name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), header.getValue());
            }
        }
        return metadata;
    }

    private String required(HttpHeaderName name) {
        var value = headers.getValue(name);
        if (value == null) {
            throw new IllegalStateException("the service's reply has no " + name);
        }
        return value;
    }

    /// Bytes without a second copy where the size was right.
    private static final class Body implements WritableByteChannel {
        private byte[] bytes;
        private int length;

        Body(int expected) {
            bytes = new byte[expected];
        }

        @Override
        public int write(ByteBuffer from) {
            var count = from.remaining();
            if (count > bytes.length - length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(2 * bytes.length, 1 << 30)));
            }
            from.get(bytes, length, count);
            length += count;
            return count;
        }

        byte[] whole() {
            return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
