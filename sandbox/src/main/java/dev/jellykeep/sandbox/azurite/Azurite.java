package dev.jellykeep.sandbox.azurite;

import dev.jellykeep.sandbox.certificate.ServerCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// One running Azurite: the Blob service alone, on a loopback port of its own, with telemetry off.
///
/// It ends with {@link #close}, and also when this JVM ends in whatever way.
public final class Azurite implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(3);

    private final AzuriteProcess process;
    private final int port;
    private final @Nullable SSLContext tls;

    private Azurite(AzuriteProcess process, int port, @Nullable SSLContext tls) {
        this.process = process;
        this.port = port;
        this.tls = tls;
    }

    /// Starts one that keeps everything in memory.
    ///
    /// @throws IllegalStateException where it can't run here, with the sentence of {@link #missing}
    public static Azurite start() {
        return startOn(0, null);
    }

    /// Starts one that keeps its blobs in a folder, and finds those that an earlier one left there.
    public static Azurite start(Path location) {
        return startOn(0, location);
    }

    /// Starts one on a given port, for instance that of one that was stopped, so that an outage ends where it began.
    ///
    /// @param port 0 for any free one
    /// @param location null to keep everything in memory
    public static Azurite startOn(int port, @Nullable Path location) {
        return start(port, location, null);
    }

    /// Starts one that listens over HTTPS, and takes tokens too.
    ///
    /// @param location null to keep everything in memory
    /// @param certificate for 127.0.0.1
    public static Azurite startSecure(@Nullable Path location, ServerCertificate certificate) {
        return start(0, location, certificate);
    }

    private static Azurite start(int port, @Nullable Path location, @Nullable ServerCertificate certificate) {
        var install = switch (AzuriteInstall.find()) {
            case AzuriteInstall.Ready ready -> ready;
            case AzuriteInstall.Missing(var why) -> throw new IllegalStateException(why);
        };
        var command =
                new ArrayList<>(List.of("node", "--require", install.preload().toString()));
        command.addAll(List.of(install.main().toString(), "--skipApiVersionCheck", "--disableTelemetry", "--silent"));
        command.addAll(List.of("--blobHost", "127.0.0.1", "--blobPort", Integer.toString(port)));
        command.addAll(
                location == null ? List.of("--inMemoryPersistence") : List.of("--location", location.toString()));
        if (certificate != null) {
            command.addAll(
                    List.of("--oauth", "basic", "--cert", certificate.chain().toString()));
            command.addAll(List.of("--key", certificate.key().toString()));
        }
        try {
            var process = AzuriteProcess.start(command);
            var tls = certificate == null ? null : certificate.client();
            return new Azurite(process, process.awaitPort(START), tls);
        } catch (IOException e) {
            throw new UncheckedIOException("Azurite can't be started: " + e.getMessage(), e);
        }
    }

    /// Starts one, or says on standard error why not, so that a laptop without Node.js can skip the tests that need
    /// it.
    ///
    /// @throws IllegalStateException instead, where `CI=true`: there nothing may be skipped
    public static Optional<Azurite> startOrExplain() {
        var why = missing();
        if (why.isEmpty()) {
            return Optional.of(start());
        }
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(why.get());
        }
        System.err.println("SKIPPED, since Azurite can't run here: " + why.get());
        return Optional.empty();
    }

    /// Why Azurite can't run here, in one sentence; empty where it can. The first call may install it.
    public static Optional<String> missing() {
        return switch (AzuriteInstall.find()) {
            case AzuriteInstall.Ready _ -> Optional.empty();
            case AzuriteInstall.Missing(var why) -> Optional.of(why);
        };
    }

    public int port() {
        return port;
    }

    /// Account URL, without a slash at its end.
    public URI endpoint() {
        return URI.create(scheme() + "://127.0.0.1:" + port + "/" + account());
    }

    /// The name of its one account.
    public String account() {
        return SharedKey.ACCOUNT;
    }

    /// Connection string with the account's well-known key.
    public String connectionString() {
        return connectionString(scheme(), port);
    }

    /// The same account as seen through another loopback port: a proxy before it.
    public static String connectionString(int port) {
        return connectionString("http", port);
    }

    private static String connectionString(String scheme, int port) {
        return "DefaultEndpointsProtocol=" + scheme + ";AccountName=" + SharedKey.ACCOUNT + ";AccountKey="
                + SharedKey.KEY + ";BlobEndpoint=" + scheme + "://127.0.0.1:" + port + "/" + SharedKey.ACCOUNT + ";";
    }

    /// Makes a container with a random name.
    ///
    /// @return its name
    public String newContainer() {
        return newContainer("test-" + UUID.randomUUID());
    }

    /// Makes a container.
    ///
    /// @return its name
    public String newContainer(String name) {
        try {
            SharedKey.createContainer(endpoint(), tls, name);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making container " + name, e);
        }
    }

    /// Puts a block blob.
    public void put(String container, String name, byte[] content) {
        try {
            SharedKey.putBlob(endpoint(), tls, container, name, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while putting " + name, e);
        }
    }

    private String scheme() {
        return tls == null ? "http" : "https";
    }

    /// Ends the process and waits until it is gone. Blobs in memory are gone with it.
    public void stop() {
        process.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
