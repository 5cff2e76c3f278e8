package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.SwapOutcome;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Replies that no Blob service sends, but a broken one, or something between, may.
@Timeout(30)
class UnusualReplyTest {
    private static final String FROM_BLOB = "\r\nx-ms-request-id: r-1\r\nETag: \"0x1\"\r\n";
    private static final StoreOptions IMPATIENT = new StoreOptions(Duration.ofSeconds(1), Duration.ofMillis(500), 2);

    @ParameterizedTest
    @ValueSource(strings = {"200 x", "503 x"})
    void a_body_that_drips_for_ever_is_left(String status) throws IOException {
        try (var service = new RawService(to -> {
                    to.write(("HTTP/1.1 " + status + FROM_BLOB + "Content-Length: 1000\r\n\r\n").getBytes(UTF_8));
                    for (var i = 0; i < 1000; i++) {
                        to.write('x');
                        to.flush();
                        Thread.sleep(100);
                    }
                });
                var store = open(service.url())) {
            var start = System.nanoTime();
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {304, 404, 412})
    void what_no_blob_service_says_of_a_blob_is_not_believed(int status) throws IOException {
        try (var service = new RawService(
                        to -> to.write(("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                .getBytes(UTF_8)));
                var store = open(service.url())) {
            for (ThrowingCallable each : List.<ThrowingCallable>of(
                    () -> store.read("lineage.json"),
                    () -> store.readIfChanged("lineage.json", "\"0x1\""),
                    () -> store.facts("lineage.json"),
                    () -> store.compareAndSwap("lineage.json", new byte[1], "\"0x1\""),
                    () -> store.putIfAbsent("lineage.json", new byte[1], Map.of()))) {
                assertThatThrownBy(each)
                        .isInstanceOfSatisfying(
                                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
                        .hasMessageContaining("something that is no Blob service answers (" + status + ")");
            }
        }
    }

    @Test
    void a_reply_larger_than_memory_is_left() throws IOException {
        try (var service = new RawService(to -> {
                    to.write(("HTTP/1.1 200 x" + FROM_BLOB + "Transfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8));
                    var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
                    while (true) {
                        to.write(chunk);
                    }
                });
                var store = open(service.url())) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the body has more than");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "206 x\r\nContent-Range: bytes 0-3/1000\r\nContent-Length: 4\r\n\r\nabcd",
                "206 x\r\nContent-Range: bytes 100-103/1000\r\nContent-Length: 4\r\n\r\nabcd",
                "206 x\r\nContent-Range: bytes 0-3/*\r\nContent-Length: 4\r\n\r\nabcd",
                "200 x\r\nContent-Length: 10\r\n\r\nabcdefghij",
            })
    void other_bytes_than_those_that_were_asked_for_are_never_taken_for_them(String reply) throws IOException {
        try (var service = new RawService("HTTP/1.1 " + reply.replaceFirst("x\r\n", "x" + FROM_BLOB));
                var store = open(service.url())) {
            assertThatThrownBy(() -> store.open("archive", 100, 10)).isInstanceOf(StoreException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 201 x\r\nx-ms-request-id: r-1\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 201 x" + FROM_BLOB + "Content-Length: abc\r\n\r\n",
                "HTTP/1.1 201 x" + FROM_BLOB + "Content-Length: 99999999999999999999\r\n\r\n",
            })
    void a_swap_whose_reply_is_of_no_use_is_unknown(String reply) throws IOException {
        try (var service = new RawService(reply);
                var store = open(service.url())) {
            assertThat(store.compareAndSwap("lineage.json", new byte[1], "\"0x0\""))
                    .isInstanceOf(SwapOutcome.Unknown.class);
            assertThat(service.requests).hasSize(1);
        }
    }

    @Test
    void a_secret_that_no_header_may_hold_is_not_shown() throws IOException {
        var identity = new Credential.IdentityEndpoint(URI.create("http://127.0.0.1:1/token"), "SECRET\n");
        try (var store = AzureBlobStore.open(
                new AzureLocation(URI.create("https://st.example"), "backups", ""),
                new Credential.ManagedIdentity(null, identity),
                IMPATIENT)) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .hasMessageContaining("IDENTITY_HEADER")
                    .hasMessageNotContaining("SECRET")
                    .hasNoSuppressedExceptions();
        }
        var token = new ScriptedService.Answer(
                200,
                java.util.Map.of("Content-Type", "application/json"),
                "{\"access_token\":\"SEC\\nRET\",\"expires_on\":\"9999999999\"}");
        try (var tokens = new ScriptedService(token);
                var store = AzureBlobStore.open(
                        new AzureLocation(URI.create("https://st.example"), "backups", ""),
                        new Credential.ManagedIdentity(null, new Credential.IdentityEndpoint(tokens.url(), "x")),
                        IMPATIENT)) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .hasMessageContaining("the header Authorization")
                    .hasMessageNotContaining("RET");
        }
    }

    private static AzureBlobStore open(URI url) {
        return AzureBlobStore.open(new AzureLocation(url, "backups", ""), new Credential.Sas("sig=x"), IMPATIENT);
    }
}
