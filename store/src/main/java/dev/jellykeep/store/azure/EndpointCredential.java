package dev.jellykeep.store.azure;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tokens from the local endpoint of Container Apps: one GET.
///
/// The SDK's own credential does the same in a second more of start-up, and takes a container that also has
/// `IDENTITY_SERVER_THUMBPRINT` for Service Fabric.
final class EndpointCredential implements Tokens {
    private static final int SHOWN_CHARS = 300;

    private final Credential.IdentityEndpoint endpoint;
    private final @Nullable String clientId;
    private final Duration timeout;

    EndpointCredential(Credential.IdentityEndpoint endpoint, @Nullable String clientId, Duration timeout) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.timeout = timeout;
    }

    @Override
    public Token get() {
        var separator = endpoint.url().getQuery() == null ? "?" : "&";
        var url = endpoint.url() + separator + "api-version=2019-08-01&resource=" + encode(RESOURCE)
                + (clientId == null ? "" : "&client_id=" + encode(clientId));
        try {
            var reply = get(URI.create(url).toURL());
            if (reply.status() == 200) {
                return parse(reply.body());
            }
            throw new NoTokenException(refusal(reply), reply.status() >= 500 || reply.status() == 429, null);
        } catch (IOException e) {
            throw new NoTokenException("the identity endpoint " + endpoint.url() + " can't be reached", true, e);
        }
    }

    /// Never through a proxy: the endpoint is on this machine.
    private Reply get(URL url) throws IOException {
        var connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        try {
            connection.setRequestProperty("X-IDENTITY-HEADER", endpoint.secret());
        } catch (IllegalArgumentException _) {
            // Its message shows the value, which is a secret.
            throw new NoTokenException("IDENTITY_HEADER has characters that no header may have", false, null);
        }
        try {
            var status = connection.getResponseCode();
            try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return new Reply(status, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        } finally {
            connection.disconnect();
        }
    }

    private record Reply(int status, String body) {}

    private String refusal(Reply reply) {
        var body = reply.body().strip().replaceAll("\\s+", " ");
        var who = clientId == null ? "the system-assigned identity" : "client id " + clientId;
        return "the identity endpoint answered " + reply.status() + " for " + who + " ("
                + body.substring(0, Math.min(SHOWN_CHARS, body.length())) + "); assign that identity to the app"
                + " (az containerapp identity assign), or set AZURE_CLIENT_ID to one that is assigned";
    }

    private static Token parse(String body) throws IOException {
        String token = null;
        var expires = 0L;
        try (JsonReader json = JsonProviders.createReader(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var field = json.getFieldName();
                json.nextToken();
                switch (field) {
                    case "access_token" -> token = json.getString();
                    case "expires_on" -> expires = Long.parseLong(json.getText());
                    default -> json.skipChildren();
                }
            }
        } catch (NumberFormatException e) {
            throw new IOException("the identity endpoint's expires_on is not in seconds", e);
        }
        if (token == null) {
            throw new IOException("the identity endpoint's answer has no access_token");
        }
        return new Token(token, Instant.ofEpochSecond(expires));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
