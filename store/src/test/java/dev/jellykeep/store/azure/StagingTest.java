package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.ScriptedService.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StagingTest {
    private static final Answer STAGED = new Answer(201, Map.of("x-ms-request-id", "r-1"), "");

    @Test
    void no_more_blocks_are_in_flight_than_were_asked_for() throws Exception {
        try (var service = new ScriptedService(STAGED);
                var store = open(service.url());
                var upload = store.begin("archive", 1024)) {
            service.gate.drainPermits();
            var writer = Thread.ofPlatform().start(() -> write(upload, 10 * 1024));
            await(
                    "two blocks are on their way, and the writer waits",
                    () -> service.requests.size() >= 2 && writer.getState() == Thread.State.WAITING);
            assertThat(service.requests).hasSize(2);
            service.gate.release(10);
            writer.join();
            await("all blocks have arrived", () -> service.requests.size() == 10);
            var blocks = service.requests.stream()
                    .map(request -> request.replaceAll(".*blockid=([^&]+).*", "$1"))
                    .map(id -> URLDecoder.decode(id, UTF_8))
                    .toList();
            assertThat(blocks).doesNotHaveDuplicates();
            assertThat(blocks).extracting(String::length).containsOnly(24);
            assertThat(blocks)
                    .extracting(id -> id.substring(0, 20))
                    .containsOnly(blocks.getFirst().substring(0, 20));
        }
    }

    @Test
    void a_block_that_is_refused_makes_the_commit_impossible() throws IOException {
        try (var service = new ScriptedService(Answer.error(403, "AuthorizationPermissionMismatch"));
                var store = open(service.url());
                var upload = store.begin("archive", 1024)) {
            upload.write(new byte[1024]);
            for (var i = 0; i < 2; i++) {
                assertThatThrownBy(() -> upload.commit(Map.of()))
                        .isInstanceOfSatisfying(
                                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN));
            }
            assertThat(service.requests).noneMatch(request -> request.contains("blocklist"));
        }
    }

    @Test
    void what_the_service_holds_is_compared_with_what_was_sent() throws IOException {
        var committed = new Answer(
                201,
                Map.of("x-ms-request-id", "r-1", "ETag", "\"0x1\"", "Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"),
                "");
        var others = new Answer(
                200,
                Map.of(
                        "x-ms-request-id", "r-1",
                        "Content-Type", "application/xml",
                        "ETag", "\"0x1\"",
                        "x-ms-blob-content-length", "1024"),
                "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><CommittedBlocks><Block><Name>AAAA</Name>"
                        + "<Size>1024</Size></Block></CommittedBlocks></BlockList>");
        try (var service = new ScriptedService(STAGED, committed, others);
                var store = open(service.url());
                var upload = store.begin("archive", 1024)) {
            upload.write(new byte[1024]);
            assertThatThrownBy(() -> upload.commit(Map.of()))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISMATCH))
                    .hasMessageContaining("delete that blob and back up again");
        }
    }

    private static void write(java.io.OutputStream upload, int bytes) {
        try {
            upload.write(new byte[bytes]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static AzureBlobStore open(URI url) {
        return AzureBlobStore.open(
                new AzureLocation(url, "backups", ""),
                new Credential.Sas("sig=x"),
                new StoreOptions(Duration.ofSeconds(5), Duration.ofSeconds(20), 2));
    }

    private static void await(String what, BooleanSupplier condition) {
        var end = Instant.now().plusSeconds(10);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as("gave up waiting until %s", what).isBefore(end);
            Thread.onSpinWait();
        }
    }
}
