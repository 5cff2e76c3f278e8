package dev.jellykeep.store.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The SDK's signature is the measure: a wrong one locks a family out of its archives.
class SharedKeyTest {
    private static final String KEY =
            Base64.getEncoder().encodeToString("a storage account's key".getBytes(StandardCharsets.UTF_8));
    private static final List<String> NAMES = List.of(
            "control/lineage.json",
            "a b+c%20d",
            "Zoë/🎬",
            "q?x=1&y=2#z",
            ";:@'!$*()[]\\,~",
            "archives/2026-11-01T08:00:00Z.tar.gz");
    private static final List<String> QUERIES = List.of(
            "",
            "?comp=blocklist",
            "?comp=blocklist&blocklisttype=committed",
            "?comp=block&blockid=" + BlobApi.encode("AbC+/w=="),
            "?restype=container&comp=list&prefix=" + BlobApi.encode("a b/ë+&=") + "&maxresults=5000&include=metadata");
    private static final List<String> HEADERS = List.of(
            "If-Match",
            "If-None-Match",
            "x-ms-range",
            "x-ms-blob-type",
            "x-ms-meta-epoch",
            "x-ms-meta-a",
            "x-ms-meta-a1",
            "x-ms-meta-database_bytes",
            "x-ms-meta-Created",
            "Accept",
            "User-Agent");

    static LongStream seeds() {
        var only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 500) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void signs_as_the_sdk_does(long seed) {
        var random = new Random(seed);
        var account = random.nextBoolean() ? "https://stfamily.blob.core.windows.net" : "http://127.0.0.1:10000/dev";
        var url = account + "/backups" + (random.nextInt(8) == 0 ? "" : "/" + BlobApi.encode(oneOf(random, NAMES)))
                + oneOf(random, QUERIES);
        var request = Request.of(oneOf(random, List.of("GET", "HEAD", "PUT", "DELETE")), url)
                .set("x-ms-date", "Sun, 01 Nov 2026 08:00:00 GMT")
                .set("x-ms-version", "2024-11-04");
        for (var i = random.nextInt(6); i > 0; i--) {
            request.set(oneOf(random, HEADERS), oneOf(random, List.of("\"0x8D\"", "*", "bytes=0-9", "1", "x y")));
        }
        if (random.nextBoolean()) {
            var length = random.nextInt(3) * 1000;
            request = request.withBody("octet-stream", new byte[length + random.nextInt(9)], length);
        }
        var theirs = sdk(request);
        assertThat(new SharedKey("dev", KEY).sign(request)).isEqualTo(url);
        assertThat(request.headers().get("Authorization"))
                .as("%s %s", request, request.headers())
                .isEqualTo(theirs);
    }

    private static String sdk(Request request) {
        var headers = new HttpHeaders();
        request.headers().forEach((name, value) -> headers.set(HttpHeaderName.fromString(name), value));
        headers.set(HttpHeaderName.CONTENT_LENGTH, Integer.toString(request.length()));
        try {
            return new StorageSharedKeyCredential("dev", KEY)
                    .generateAuthorizationHeader(URI.create(request.url()).toURL(), request.method(), headers, false);
        } catch (java.net.MalformedURLException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
