package dev.jellykeep.sandbox.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int DNS = 2;
    private static final int IP = 7;

    @TempDir
    Path folder;

    @Test
    void it_holds_the_names_and_addresses_that_it_was_asked_for_and_no_longer_than_the_sandbox_may_run()
            throws Exception {
        var made = ServerCertificate.create(folder, List.of("localhost"), List.of("127.0.0.1", "10.213.7.1"));
        var server = read(made.chain());
        assertThat(server.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(
                        List.of(DNS, "localhost"), List.of(IP, "127.0.0.1"), List.of(IP, "10.213.7.1"));
        server.verify(read(made.authority()).getPublicKey());
        assertThat(server.getBasicConstraints()).as("it signs nothing").isEqualTo(-1);
        assertThat(server.getNotAfter().toInstant()).isBefore(Instant.now().plus(Duration.ofDays(3)));
    }

    @Test
    void whoever_trusts_its_authority_reaches_its_addresses_and_nobody_else_does() throws Exception {
        var made = ServerCertificate.create(folder.resolve("one"), List.of(), List.of(HERE.getHostAddress()));
        var elsewhere = ServerCertificate.create(folder.resolve("two"), List.of(), List.of("10.213.7.1"));
        var stranger = ServerCertificate.create(folder.resolve("three"), List.of("stranger"), List.of());
        try (var server = Serving.with(made);
                var other = Serving.with(elsewhere)) {
            assertThat(get(server, made)).isEqualTo(204);
            assertThatThrownBy(() -> get(server, stranger)).isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> get(other, elsewhere))
                    .as("another address than the certificate's")
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void what_containers_may_read_holds_no_key() throws Exception {
        var made = ServerCertificate.create(folder, List.of("localhost"), List.of("127.0.0.1"));
        var trusted = folder.resolve(ServerCertificate.TRUSTED);
        try (var files = Files.list(trusted)) {
            assertThat(files).containsExactlyInAnyOrder(made.authority(), made.trustStore());
        }
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(made.trustStore())) {
            store.load(in, "changeit".toCharArray());
        }
        for (var alias : Collections.list(store.aliases())) {
            assertThat(store.isKeyEntry(alias)).as(alias).isFalse();
        }
        assertThat(made.authority()).content().doesNotContain("PRIVATE");
        assertThat(Files.getPosixFilePermissions(made.key())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.resolve("keys.p12")).as("the authority's key").doesNotExist();
    }

    private static X509Certificate read(Path pem) throws Exception {
        try (var in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static int get(Serving server, ServerCertificate trusted) throws IOException, InterruptedException {
        try (var http = HttpClient.newBuilder().sslContext(trusted.client()).build()) {
            var request = HttpRequest.newBuilder(server.uri())
                    .timeout(Duration.ofSeconds(20))
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /// An HTTPS server that answers 204.
    private record Serving(com.sun.net.httpserver.HttpsServer server) implements AutoCloseable {
        static Serving with(ServerCertificate certificate) throws IOException {
            var server = com.sun.net.httpserver.HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
            server.setHttpsConfigurator(new com.sun.net.httpserver.HttpsConfigurator(certificate.server()));
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(204, -1);
                }
            });
            server.start();
            return new Serving(server);
        }

        URI uri() {
            return URI.create("https://" + HERE.getHostAddress() + ":"
                    + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
