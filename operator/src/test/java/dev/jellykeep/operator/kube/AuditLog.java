package dev.jellykeep.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the API server writes down about each request, the moment it has answered.
public final class AuditLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
              - level: Metadata
            """;

    private final Path folder;

    private AuditLog(Path folder) {
        this.folder = folder;
    }

    /// One answered request for a resource.
    ///
    /// @param group `""` for the core one
    /// @param resource with its subresource, behind a slash
    /// @param namespace `""` for all of them, or for none
    /// @param name `""` where the request names none
    /// @param status of the answer
    public record Call(String group, String resource, String verb, String namespace, String name, int status) {
        public boolean refused() {
            return status == 403;
        }
    }

    /// Below `target/`: the server writes on while the JVM ends.
    static AuditLog make() throws IOException {
        Path target = Files.createDirectories(Path.of("target")).toAbsolutePath();
        AuditLog log = new AuditLog(Files.createTempDirectory(target, "audit-"));
        Files.writeString(log.policy(), POLICY);
        return log;
    }

    Path policy() {
        return folder.resolve("policy.yaml");
    }

    Path file() {
        return folder.resolve("audit.log");
    }

    /// Where it ends now.
    public long end() {
        try {
            return Files.size(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whole lines alone: the last one may just be being written.
    ///
    /// @param from as {@link #end} said
    /// @param user who asked, or as whom
    public List<Call> calls(long from, String user) {
        try (var file = Files.newByteChannel(file())) {
            var rest = new byte[(int) (file.size() - from)];
            var in = Channels.newInputStream(file.position(from));
            int read = in.readNBytes(rest, 0, rest.length);
            String text = new String(rest, 0, read, StandardCharsets.UTF_8);
            List<Call> calls = new ArrayList<>();
            for (String line :
                    text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                JsonNode event = JSON.readTree(line);
                JsonNode by = event.path("impersonatedUser").isMissingNode()
                        ? event.path("user")
                        : event.path("impersonatedUser");
                if (by.path("username").asText().equals(user) && event.has("objectRef")) {
                    calls.add(call(event));
                }
            }
            return calls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Call call(JsonNode event) {
        JsonNode object = event.path("objectRef");
        String below = object.path("subresource").asText();
        return new Call(
                object.path("apiGroup").asText(),
                object.path("resource").asText() + (below.isEmpty() ? "" : "/" + below),
                event.path("verb").asText(),
                object.path("namespace").asText(),
                object.path("name").asText(),
                event.path("responseStatus").path("code").asInt());
    }
}
