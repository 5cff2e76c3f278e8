package dev.jellykeep.sandbox.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.fixture.Await;
import dev.jellykeep.sandbox.fixture.Ports;
import dev.jellykeep.sandbox.gateway.Verdict.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GatewayTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int BOUND_MILLIS = 20_000;
    private static final Answer NO = Answer.of(403, "Forbidden", "text/plain", "no");
    private static final Answer LATE = Answer.of(504, "Gateway Timeout", "text/plain", "late");
    private static final Answer NOBODY = Answer.of(503, "Service Unavailable", "text/plain", "nobody");

    private final ServerSocket service = listening();
    private final AtomicInteger ended = new AtomicInteger();
    private final Gateway gateway = Gateway.open("test", HERE, 0, null, (request, _) -> judge(request));

    @AfterEach
    void close() throws IOException {
        gateway.close();
        service.close();
    }

    @Test
    void an_upload_larger_than_the_memory_passes_while_it_is_sent() throws Exception {
        try (var client = client()) {
            send(client, "PUT /pass HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nfirst");
            try (var taken = taken()) {
                var in = taken.getInputStream();
                assertThat(head(taken)).contains("PUT /pass HTTP/1.1", "Content-Length: 10");
                assertThat(new String(in.readNBytes(5), US_ASCII)).isEqualTo("first");
                send(client, "later");
                assertThat(new String(in.readNBytes(5), US_ASCII)).isEqualTo("later");
                send(taken, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
                assertThat(head(client)).contains("HTTP/1.1 201 Created").doesNotContain("Connection: close");
            }
        }
        Await.until("the end was told", () -> ended.get() == 1);
    }

    @Test
    void a_film_reaches_its_viewer_before_it_has_ended() throws Exception {
        try (var client = client()) {
            send(client, "GET /pass HTTP/1.1\r\nHost: x\r\n\r\n");
            try (var taken = taken()) {
                head(taken);
                send(taken, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
                head(client);
                assertThat(new String(client.getInputStream().readNBytes(10), US_ASCII))
                        .isEqualTo("5\r\nfirst\r\n");
                send(taken, "0\r\n\r\n");
                assertThat(new String(client.getInputStream().readNBytes(5), US_ASCII))
                        .isEqualTo("0\r\n\r\n");
            }
            send(client, "GET /no HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(client)).as("the connection is kept").startsWith("HTTP/1.1 403 Forbidden");
        }
    }

    @Test
    void whoever_is_refused_in_the_middle_of_an_upload_still_hears_why() throws Exception {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var reply = http.send(
                    HttpRequest.newBuilder(uri("/no"))
                            .PUT(BodyPublishers.ofByteArray(new byte[8 << 20]))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("no");
        }
    }

    @Test
    void a_head_request_gets_the_length_and_no_body() throws Exception {
        try (var client = client()) {
            send(client, "HEAD /pass HTTP/1.1\r\nHost: x\r\n\r\n");
            try (var taken = taken()) {
                head(taken);
                send(taken, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                assertThat(head(client)).contains("Content-Length: 1000");
            }
            send(client, "HEAD /no HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(client)).contains("403", "Content-Length: 2");
            send(client, "GET /no HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(head(client)).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void an_outage_refuses_connections_and_ends_on_the_same_port() {
        gateway.refuse();
        assertThat(Ports.listens(gateway.address())).isFalse();
        gateway.refuse();
        gateway.listen();
        assertThat(Ports.listens(gateway.address())).isTrue();
        gateway.close();
        gateway.listen();
        assertThat(Ports.listens(gateway.address())).isFalse();
    }

    @Test
    void an_outage_keeps_its_port_while_processes_are_started() throws Exception {
        var over = new AtomicBoolean();
        var starting = Thread.ofPlatform().start(() -> {
            while (!over.get()) {
                startOne();
            }
        });
        try {
            for (var i = 0; i < 300; i++) {
                gateway.refuse();
                gateway.listen();
            }
            client().close();
        } finally {
            over.set(true);
            starting.join();
        }
    }

    private static void startOne() {
        try {
            new ProcessBuilder("true").start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_service_that_is_gone_or_says_nothing_is_answered_for() throws Exception {
        try (var client = client()) {
            send(client, "GET /pass HTTP/1.1\r\nHost: x\r\n\r\n");
            taken().close();
            assertThat(head(client)).startsWith("HTTP/1.1 503");
        }
        try (var client = client()) {
            send(client, "GET /pass HTTP/1.1\r\nHost: x\r\n\r\n");
            try (var _ = taken()) {
                assertThat(head(client)).startsWith("HTTP/1.1 504");
            }
        }
        service.close();
        try (var client = client()) {
            send(client, "PUT /pass HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nxy");
            assertThat(head(client)).startsWith("HTTP/1.1 503");
        }
        Await.until("each end was told", () -> ended.get() == 3);
    }

    @Test
    void a_client_that_leaves_frees_the_service() throws Exception {
        var client = client();
        send(client, "GET /long HTTP/1.1\r\nHost: x\r\n\r\n");
        try (var taken = taken()) {
            head(taken);
            client.close();
            assertThat(taken.getInputStream().read()).isEqualTo(-1);
        }
        Await.until("the end was told", () -> ended.get() == 1);
    }

    private Verdict judge(Head request) {
        if (request.target().equals("/no")) {
            return NO;
        }
        var patience = request.target().equals("/long") ? Duration.ZERO : Duration.ofSeconds(1);
        var to = new InetSocketAddress(HERE, service.getLocalPort());
        return new Verdict.Forward(request, to, null, patience, LATE, NOBODY, ended::incrementAndGet);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.address().getPort() + path);
    }

    private Socket taken() throws IOException {
        var socket = service.accept();
        socket.setSoTimeout(BOUND_MILLIS);
        return socket;
    }

    private Socket client() throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(BOUND_MILLIS);
        socket.connect(gateway.address());
        return socket;
    }

    private static void send(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /// A head, byte by byte, so that nothing of what follows is lost.
    private static String head(Socket from) throws IOException {
        var head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            var next = from.getInputStream().read();
            assertThat(next).as("the end of a head, after " + head).isNotNegative();
            head.append((char) next);
        }
        return head.toString();
    }

    private static ServerSocket listening() {
        try {
            var socket = new ServerSocket(0, 8, HERE);
            socket.setSoTimeout(BOUND_MILLIS);
            return socket;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
