package dev.jellykeep.store.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Tokens from the local endpoint of Container Apps: one GET.
///
/// The SDK's own credential does the same in a second more of start-up, and takes a container that also has
/// `IDENTITY_SERVER_THUMBPRINT` for Service Fabric.
final class EndpointCredential implements TokenCredential {
    private static final int SHOWN_CHARS = 300;

    private final Credential.IdentityEndpoint endpoint;
    private final @Nullable String clientId;
    private final HttpClient http;
    private final Duration timeout;

    EndpointCredential(
            Credential.IdentityEndpoint endpoint, @Nullable String clientId, HttpClient http, Duration timeout) {
        this.endpoint = endpoint;
        this.clientId = clientId;
        this.http = http;
        this.timeout = timeout;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        var resource = request.getScopes().getFirst().replaceFirst("\\.default$", "");
        var separator = endpoint.url().getQuery() == null ? "?" : "&";
        var url = endpoint.url() + separator + "api-version=2019-08-01&resource=" + encode(resource)
                + (clientId == null ? "" : "&client_id=" + encode(clientId));
        var get = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .header("X-IDENTITY-HEADER", endpoint.secret())
                .build();
        try {
            var reply = http.send(get, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() == 200) {
                return parse(reply.body());
            }
            var passing = reply.statusCode() >= 500 || reply.statusCode() == 429;
            throw new NoTokenException(refusal(reply), passing, null);
        } catch (IOException e) {
            throw new NoTokenException("the identity endpoint " + endpoint.url() + " can't be reached", true, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoTokenException("interrupted while waiting for a token", false, e);
        }
    }

    private String refusal(HttpResponse<String> reply) {
        var body = reply.body().strip().replaceAll("\\s+", " ");
        var who = clientId == null ? "the system-assigned identity" : "client id " + clientId;
        return "the identity endpoint answered " + reply.statusCode() + " for " + who + " ("
                + body.substring(0, Math.min(SHOWN_CHARS, body.length())) + "); assign that identity to the app"
                + " (az containerapp identity assign), or set AZURE_CLIENT_ID to one that is assigned";
    }

    private static AccessToken parse(String body) throws IOException {
        String token = null;
        var expires = 0L;
        try (JsonReader json = JsonProviders.createReader(body)) {
            json.nextToken();
            while (json.nextToken() == com.azure.json.JsonToken.FIELD_NAME) {
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
        return new AccessToken(token, OffsetDateTime.ofInstant(Instant.ofEpochSecond(expires), ZoneOffset.UTC));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
