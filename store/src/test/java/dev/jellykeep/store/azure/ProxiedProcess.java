package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Reads a blob through a proxy in a JVM of its own, since the JDK's HTTP client looks at some settings
/// only once.
public final class ProxiedProcess {
    private ProxiedProcess() {}

    /// Argument: the proxy's URL. Prints the failure.
    public static void main(String[] arguments) {
        var proxy = OutboundProxy.fromEnvironment(Map.of("https_proxy", arguments[0]));
        var identity = new Credential.WorkloadIdentity("client", "tenant", "/no/such/token");
        // Its client is the first of this JVM.
        AzureBlobStore.open(
                        new AzureLocation(URI.create("https://st.example"), "backups", ""), identity, proxy, options())
                .close();
        try (var store = AzureBlobStore.open(
                new AzureLocation(URI.create("https://st.example"), "backups", ""),
                new Credential.Sas("sig=x"),
                proxy,
                options())) {
            store.read("lineage.json");
        } catch (StoreException e) {
            System.out.println(e.getMessage());
        }
    }

    static String outputWith(URI proxy) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProxiedProcess.class.getName(),
                        proxy.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    private static StoreOptions options() {
        return new StoreOptions(Duration.ofSeconds(1), Duration.ofSeconds(5), 2);
    }
}
