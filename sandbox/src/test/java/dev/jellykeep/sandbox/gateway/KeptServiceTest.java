package dev.jellykeep.sandbox.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.certificate.ServerCertificate;
import dev.jellykeep.sandbox.gateway.Verdict.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A handshake for each request took a quarter of the processor that a town has.
@Timeout(60)
class KeptServiceTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Answer NOBODY = Answer.of(503, "Service Unavailable", "text/plain", "nobody");

    private final AtomicInteger connections = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    private static ServerCertificate certificate;

    @BeforeAll
    static void makeCertificate() {
        certificate = ServerCertificate.create(folder, List.of("localhost"), List.of("127.0.0.1"));
    }

    @Test
    void requests_of_one_client_share_a_connection_to_a_service_that_asks_for_a_handshake() throws Exception {
        try (var service = service(10);
                var gateway = before(service)) {
            for (var i = 0; i < 5; i++) {
                assertThat(status(gateway)).isEqualTo(200);
            }
            assertThat(connections).hasValue(1);
        }
    }

    @Test
    void a_connection_that_the_service_has_closed_is_not_used_again() throws Exception {
        try (var service = service(1);
                var gateway = before(service)) {
            for (var i = 0; i < 5; i++) {
                assertThat(status(gateway)).isEqualTo(200);
            }
            assertThat(connections).hasValue(5);
        }
    }

    private int status(Gateway gateway) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + gateway.address().getPort() + "/");
        return http.send(
                        HttpRequest.newBuilder(uri)
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private Gateway before(ServerSocket service) {
        var to = new InetSocketAddress(HERE, service.getLocalPort());
        return Gateway.open(
                "test",
                HERE,
                0,
                null,
                (request, _) -> new Verdict.Forward(
                        request, to, certificate.client(), Duration.ZERO, NOBODY, NOBODY, () -> {}));
    }

    // One that closes each connection after so many replies, and says so with the last.
    private ServerSocket service(int replies) throws IOException {
        var socket = certificate.server().getServerSocketFactory().createServerSocket(0, 5, HERE);
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (var client = socket.accept()) {
                    connections.incrementAndGet();
                    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
                    for (var left = replies; left > 0 && in.readLine() != null; left--) {
                        while (!in.readLine().isEmpty()) {
                            // The rest of the head.
                        }
                        client.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
                    }
                } catch (IOException _) {
                    // The test has ended, or the gateway has left.
                }
            }
        });
        return socket;
    }
}
