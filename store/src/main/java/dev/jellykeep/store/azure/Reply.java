package dev.jellykeep.store.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One successful reply, read whole.
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Reply(HttpHeaders headers, byte[] body) {
    static final String METADATA = "x-ms-meta-";
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]{1,18}/([0-9]{1,18})");

    /// A reply whose body has come.
    ///
    /// @throws IOException if that isn't the body that was announced
    static Reply of(Request request, HttpHeaders headers, byte[] body) throws IOException {
        var announced = headers.firstValueAsLong("Content-Length").orElse(body.length);
        if (announced != body.length && !request.method().equals("HEAD")) {
            throw new IOException("the body has " + body.length + " bytes where " + announced + " were announced");
        }
        return new Reply(headers, body);
    }

    /// In quotes, as it goes back into a condition.
    String etag() {
        return required("ETag");
    }

    Instant lastModified() {
        try {
            return HttpDate.parse(required("Last-Modified"));
        } catch (DateTimeParseException _) {
            throw useless("Last-Modified");
        }
    }

    /// Bytes of the body that a GET would have, in the reply to a HEAD.
    long length() {
        return headers.firstValueAsLong("Content-Length").orElseThrow(() -> useless("Content-Length"));
    }

    /// The blob's length in the reply to a GET, from `Content-Range: bytes 0-9/LENGTH` where a range was asked for.
    long total() {
        return contentRange().map(range -> Long.parseLong(range.group(2))).orElse((long) body.length);
    }

    /// Of the body's first byte in the blob, in the reply to a GET.
    long offset() {
        return contentRange().map(range -> Long.parseLong(range.group(1))).orElse(0L);
    }

    private Optional<Matcher> contentRange() {
        return headers.firstValue("Content-Range").map(text -> {
            var range = CONTENT_RANGE.matcher(text);
            if (!range.matches()) {
                throw useless("Content-Range");
            }
            return range;
        });
    }

    /// The blob's metadata, keys in lower case.
    Map<String, String> metadata() {
        var metadata = new HashMap<String, String>();
        headers.map().forEach((header, values) -> {
            var name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), String.join(",", values));
            }
        });
        return metadata;
    }

    private String required(String name) {
        return headers.firstValue(name).orElseThrow(() -> useless(name));
    }

    /// The request was carried out, but nobody can tell how.
    private static UncheckedIOException useless(String header) {
        return new UncheckedIOException(new IOException("the service's reply has no usable " + header));
    }
}
