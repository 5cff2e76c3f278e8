package dev.jellykeep.sandbox.azurite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzuriteTest {
    @BeforeAll
    static void azuriteIsHere() {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Azurite.missing().isEmpty(), () -> Azurite.missing().orElse(""));
        }
    }

    @Test
    void a_container_can_be_made_and_two_servers_do_not_share_a_port() {
        try (var one = Azurite.start();
                var other = Azurite.start()) {
            assertThat(one.newContainer()).startsWith("test-");
            assertThat(other.newContainer("jellyfin-backups")).isEqualTo("jellyfin-backups");
            assertThat(one.port()).isNotEqualTo(other.port());
            assertThat(one.connectionString()).contains("BlobEndpoint=" + one.endpoint());
        }
    }

    @Test
    void after_close_nothing_listens_any_more() {
        var azurite = Azurite.start();
        assertThat(listens(azurite.port())).isTrue();
        azurite.close();
        assertThat(listens(azurite.port())).isFalse();
    }

    @Test
    void an_outage_ends_on_the_same_port_with_the_same_blobs(@TempDir Path location) {
        var before = Azurite.start(location);
        before.newContainer("kept");
        // At once: what was just acknowledged must be there again.
        before.stop();
        try (var after = Azurite.startOn(before.port(), location)) {
            assertThat(after.endpoint()).isEqualTo(before.endpoint());
            assertThatThrownBy(() -> after.newContainer("kept")).hasMessageContaining("ContainerAlreadyExists");
        }
    }

    @Test
    void a_port_that_is_taken_is_told_with_what_azurite_said() {
        try (var azurite = Azurite.start()) {
            assertThatThrownBy(() -> Azurite.startOn(azurite.port(), null)).hasMessageContaining("EADDRINUSE");
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
