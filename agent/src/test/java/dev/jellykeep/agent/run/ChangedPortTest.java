package dev.jellykeep.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.contract.settings.AppHealth;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedPortTest {
    @TempDir
    Path work;

    /// Then its data would be called all saved while it still writes.
    @Test
    void aServerWhosePortWasChangedInItsSettingsIsTakenForGone() throws IOException {
        Path config = Files.createDirectories(work.resolve("config")).resolve("network.xml");
        HealthProbe probe =
                new HealthProbe(new AppHealth.FromNetworkConfig(), DataRoot.of(work, work.resolve("config")));
        HttpServer server = server();
        try {
            port(config, server.getAddress().getPort());
            assertThat(probe.ask()).isEqualTo(HealthProbe.Answer.HEALTHY);
            port(config, unused());
            assertThat(probe.ask()).as("it changes with its next start").isEqualTo(HealthProbe.Answer.HEALTHY);
        } finally {
            server.stop(0);
        }
        assertThat(probe.ask()).isEqualTo(HealthProbe.Answer.REFUSED);
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> {
            byte[] body = "Healthy".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int unused() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void port(Path config, int port) throws IOException {
        Files.writeString(
                config,
                "<NetworkConfiguration><InternalHttpPort>" + port + "</InternalHttpPort></NetworkConfiguration>");
    }
}
