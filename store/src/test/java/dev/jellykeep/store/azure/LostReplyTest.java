package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.fault.TcpProxy;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.SwapOutcome;
import dev.jellykeep.store.UploadOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the network may do between us and the service, and what must still be true.
class LostReplyTest {
    private static final int BLOCK = 256 * 1024;

    private final Random random = new Random(20_260_101);
    private TcpProxy proxy;
    private AzureBlobStore direct;
    private AzureBlobStore store;
    private String container;

    @BeforeEach
    void open() {
        var azurite = Azurites.shared();
        container = azurite.newContainer();
        proxy = TcpProxy.before(azurite.port());
        direct = Azurites.store(container, "");
        store = patient(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        store.close();
        direct.close();
        proxy.close();
    }

    @Test
    void a_commit_whose_reply_is_lost_is_known_as_ours() throws IOException {
        var content = random(2 * BLOCK + 1);
        proxy.loseReplyOnce(line -> line.contains("comp=blocklist") && line.startsWith("PUT"));
        try (var upload = store.begin("archive", BLOCK)) {
            upload.write(content);
            assertThat(upload.commit(Map.of("epoch", "1"))).isInstanceOf(UploadOutcome.Committed.class);
        }
        assertThat(direct.read("archive").orElseThrow().content()).isEqualTo(content);
        assertThat(direct.facts("archive").orElseThrow().metadata()).containsEntry("epoch", "1");
    }

    @Test
    void a_block_that_was_damaged_on_the_way_is_sent_again_and_never_stored() throws IOException {
        var content = random(2 * BLOCK + 1);
        proxy.damageOnce(line -> line.contains("comp=block&"));
        try (var upload = store.begin("archive", BLOCK)) {
            upload.write(content);
            assertThat(upload.commit(Map.of())).isInstanceOf(UploadOutcome.Committed.class);
        }
        assertThat(direct.read("archive").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void an_empty_commit_whose_reply_is_lost_is_known_as_ours() throws IOException {
        proxy.loseReplyOnce(line -> line.contains("comp=blocklist") && line.startsWith("PUT"));
        try (var upload = store.begin("archive", BLOCK)) {
            assertThat(upload.commit(Map.of("epoch", "1"))).isInstanceOf(UploadOutcome.Committed.class);
        }
    }

    @Test
    void a_commit_that_others_won_is_not_taken_for_ours_when_its_reply_is_lost() throws IOException {
        try (var theirs = direct.begin("archive", BLOCK);
                var ours = store.begin("archive", BLOCK)) {
            var content = random(BLOCK + 1);
            theirs.write(content);
            ours.write(random(BLOCK + 1));
            assertThat(theirs.commit(Map.of())).isInstanceOf(UploadOutcome.Committed.class);
            proxy.loseReplyOnce(line -> line.contains("comp=blocklist") && line.startsWith("PUT"));
            assertThat(ours.commit(Map.of())).isInstanceOf(UploadOutcome.AlreadyExists.class);
            assertThat(direct.read("archive").orElseThrow().content()).isEqualTo(content);
        }
    }

    @Test
    void a_creation_whose_reply_is_lost_is_known_by_its_bytes() {
        proxy.loseReplyOnce(line -> line.startsWith("PUT"));
        assertThat(store.putIfAbsent("lineage.json", bytes("ours"), Map.of()))
                .isEqualTo(new PutOutcome.Created(
                        direct.facts("lineage.json").orElseThrow().etag()));
    }

    @Test
    void a_refusal_whose_reply_is_lost_stays_a_refusal() {
        direct.put("lineage.json", bytes("theirs"), Map.of());
        proxy.loseReplyOnce(line -> line.startsWith("PUT"));
        assertThat(store.putIfAbsent("lineage.json", bytes("ours"), Map.of()))
                .isInstanceOf(PutOutcome.AlreadyExists.class);
        assertThat(direct.read("lineage.json").orElseThrow().content()).isEqualTo(bytes("theirs"));
    }

    @Test
    void a_swap_whose_reply_is_lost_is_unknown_whether_it_happened_or_not() {
        var first = direct.put("lineage.json", bytes("one"), Map.of());
        proxy.loseReplyOnce(line -> line.startsWith("PUT"));
        assertThat(store.compareAndSwap("lineage.json", bytes("two"), first)).isInstanceOf(SwapOutcome.Unknown.class);
        assertThat(direct.read("lineage.json").orElseThrow().content()).isEqualTo(bytes("two"));

        var second = direct.facts("lineage.json").orElseThrow().etag();
        proxy.swallowOnce(line -> line.startsWith("PUT"));
        assertThat(store.compareAndSwap("lineage.json", bytes("three"), second))
                .isInstanceOf(SwapOutcome.Unknown.class);
        assertThat(direct.read("lineage.json").orElseThrow().content()).isEqualTo(bytes("two"));
    }

    @Test
    void a_deletion_whose_reply_is_lost_is_still_ours() {
        direct.put("x", bytes("x"), Map.of());
        proxy.loseReplyOnce(line -> line.startsWith("DELETE"));
        assertThat(store.delete("x")).isEqualTo(DeleteOutcome.DELETED);
        assertThat(direct.facts("x")).isEmpty();
    }

    @Test
    void a_block_whose_reply_is_lost_is_sent_again_and_not_doubled() throws IOException {
        var content = random(5 * BLOCK);
        proxy.loseReplyOnce(line -> line.contains("comp=block&"));
        try (var upload = store.begin("archive", BLOCK)) {
            upload.write(content);
            assertThat(upload.commit(Map.of()))
                    .isInstanceOfSatisfying(
                            UploadOutcome.Committed.class,
                            committed -> assertThat(committed.length()).isEqualTo(content.length));
        }
        assertThat(direct.read("archive").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void a_download_that_is_cut_goes_on_at_the_byte_reached() throws IOException {
        var content = random(13 * 1024 * 1024 + 5);
        put(direct.begin("archive", 1024 * 1024), content);
        proxy.cutAfter(6 * 1024 * 1024);
        try (var in = store.open("archive", 3, Long.MAX_VALUE)) {
            assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(content, 3, content.length));
        }
    }

    @Test
    void a_download_never_mixes_a_blob_with_its_replacement() throws IOException {
        put(direct.begin("archive", 1024 * 1024), random(13 * 1024 * 1024));
        try (var in = store.open("archive", 0, Long.MAX_VALUE)) {
            direct.delete("archive");
            put(direct.begin("archive", 1024 * 1024), random(13 * 1024 * 1024));
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.CHANGED));
        }
    }

    @Test
    @Timeout(30)
    void a_reader_that_is_interrupted_in_a_body_stops_and_does_not_try_again() throws Exception {
        try (var stalling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var one = AzureBlobStore.open(
                        new AzureLocation(URI.create("http://127.0.0.1:" + stalling.getLocalPort()), "backups", ""),
                        new Credential.Sas("sig=x"),
                        StoreOptions.defaults())) {
            var failure = new AtomicReference<Throwable>();
            var reader = Thread.ofPlatform().start(() -> {
                try (var in = one.open("archive", 0, Long.MAX_VALUE)) {
                    failure.set(new AssertionError("read " + in.read()));
                } catch (StoreException | IOException e) {
                    failure.set(e);
                }
            });
            try (var connection = stalling.accept()) {
                var head = "HTTP/1.1 206 x\r\nx-ms-request-id: r-1\r\nETag: \"0x1\"\r\nContent-Length: 9\r\n\r\nhalf";
                connection.getOutputStream().write(bytes(head));
                while (reader.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
                reader.interrupt();
                reader.join();
            }
            assertThat(failure.get()).hasMessageContaining("it was interrupted");
            stalling.setSoTimeout(1);
            assertThatThrownBy(stalling::accept)
                    .as("there is no second try")
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @Timeout(30)
    void a_body_that_stalls_is_left_and_tried_again_until_the_deadline() throws Exception {
        try (var servers = Executors.newVirtualThreadPerTaskExecutor();
                var stalling = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
                var one = AzureBlobStore.open(
                        new AzureLocation(URI.create("http://127.0.0.1:" + stalling.getLocalPort()), "backups", ""),
                        new Credential.Sas("sig=x"),
                        new StoreOptions(Duration.ofSeconds(2), Duration.ofMillis(500), 2))) {
            var connections = new AtomicInteger();
            var _ = servers.submit(() -> {
                while (true) {
                    var connection = stalling.accept();
                    connections.incrementAndGet();
                    var head =
                            "HTTP/1.1 200 x\r\nx-ms-request-id: r-1\r\nETag: \"0x1\"\r\nContent-Length: 9\r\n\r\nhalf";
                    connection.getOutputStream().write(bytes(head));
                }
            });
            var start = System.nanoTime();
            assertThatThrownBy(() -> one.read("lineage.json"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREACHABLE))
                    .hasMessageContaining("no byte of the body in 500 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
            assertThat(connections).hasValueGreaterThan(1);
        }
    }

    /// However long one request may take otherwise: in a final backup nobody has a minute.
    @Test
    @Timeout(90)
    void a_request_that_is_never_answered_is_sent_again_within_the_deadline() throws Exception {
        var reply = "HTTP/1.1 200 x\r\nx-ms-request-id: r-1\r\nETag: \"0x1\"\r\nConnection: close\r\n"
                + "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 5\r\n\r\nwhole";
        try (var servers = Executors.newVirtualThreadPerTaskExecutor();
                var silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
                var one = AzureBlobStore.open(
                        new AzureLocation(URI.create("http://127.0.0.1:" + silent.getLocalPort()), "backups", ""),
                        new Credential.Sas("sig=x"),
                        new StoreOptions(Duration.ofSeconds(16), Duration.ofSeconds(30), 2))) {
            var _ = servers.submit(() -> {
                var _ = silent.accept();
                try (var connection = silent.accept()) {
                    int _ = connection.getInputStream().read();
                    connection.getOutputStream().write(bytes(reply));
                    return connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            });
            assertThatCode(() -> assertThat(
                                    one.read("lineage.json").orElseThrow().content())
                            .isEqualTo(bytes("whole")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void an_outage_in_the_middle_of_an_upload_that_ends_in_time_costs_nothing() throws Exception {
        var content = random(20 * BLOCK);
        try (var upload = store.begin("archive", BLOCK);
                var timer = Executors.newSingleThreadScheduledExecutor()) {
            upload.write(content, 0, 6 * BLOCK);
            proxy.refuse();
            var restored = timer.schedule(proxy::restore, 2, TimeUnit.SECONDS);
            upload.write(content, 6 * BLOCK, 14 * BLOCK);
            assertThat(upload.commit(Map.of())).isInstanceOf(UploadOutcome.Committed.class);
            restored.get();
        }
        assertThat(direct.read("archive").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void an_outage_longer_than_the_deadline_is_told_and_leaves_nothing() throws IOException {
        try (var impatient = patient(Duration.ofSeconds(1));
                var upload = impatient.begin("archive", BLOCK)) {
            upload.write(random(3 * BLOCK));
            proxy.refuse();
            var start = System.nanoTime();
            assertThatThrownBy(() -> {
                        upload.write(random(10 * BLOCK));
                        upload.commit(Map.of());
                    })
                    .isInstanceOfSatisfying(StoreException.class, e -> {
                        assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREACHABLE);
                        assertThat(e.passing()).isTrue();
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        proxy.restore();
        var names = new ArrayList<String>();
        direct.list("", facts -> names.add(facts.name()));
        assertThat(names).isEmpty();
    }

    @Test
    void a_slow_line_is_not_taken_for_a_broken_one() throws IOException {
        // A block takes three times as long as a request may take otherwise, and longer than the deadline.
        proxy.slowDown(100 * 1024);
        var content = random(3 * BLOCK);
        var options = new StoreOptions(Duration.ofSeconds(2), Duration.ofSeconds(1), 2);
        try (var slow = AzureBlobStore.open(
                        new AzureLocation(null, container, ""),
                        new Credential.ConnectionString(Azurite.connectionString(proxy.port())),
                        options);
                var upload = slow.begin("archive", BLOCK)) {
            upload.write(content);
            assertThat(upload.commit(Map.of())).isInstanceOf(UploadOutcome.Committed.class);
        }
        assertThat(direct.read("archive").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void a_service_that_never_answers_is_given_up_at_the_deadline() {
        proxy.delay(Duration.ofSeconds(60));
        var start = System.nanoTime();
        try (var impatient = AzureBlobStore.open(
                new AzureLocation(null, container, ""),
                new Credential.ConnectionString(Azurite.connectionString(proxy.port())),
                new StoreOptions(Duration.ofSeconds(1), Duration.ofSeconds(1), 2))) {
            assertThatThrownBy(() -> impatient.read("lineage.json"))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNREACHABLE));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void a_service_that_stops_and_comes_back_is_waited_for(@TempDir Path location) throws Exception {
        var before = Azurite.start(location);
        try (var own = Azurites.store(
                        before.connectionString(), before.newContainer("backups"), "", Duration.ofSeconds(30));
                var starter = Executors.newSingleThreadExecutor()) {
            own.put("lineage.json", bytes("one"), Map.of());
            before.stop();
            var start = starter.submit(() -> Azurite.startOn(before.port(), location));
            assertThat(own.read("lineage.json").orElseThrow().content()).isEqualTo(bytes("one"));
            start.get().close();
        } finally {
            before.close();
        }
    }

    private AzureBlobStore patient(Duration deadline) {
        return Azurites.store(Azurite.connectionString(proxy.port()), container, "", deadline);
    }

    private static void put(BlobUpload upload, byte[] content) throws IOException {
        try (upload) {
            upload.write(content);
            assertThat(upload.commit(Map.of())).isInstanceOf(UploadOutcome.Committed.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /// Other bytes each time, the same in each run.
    private byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
