package dev.jellykeep.sandbox.containerapps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Plain HTTP, as any program would send it.
final class Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String token;
    private final String version;

    Client(ContainerApps apps) {
        this(apps.uri(), "token", "2025-07-01");
    }

    private Client(URI base, String token, String version) {
        this.base = base;
        this.token = token;
        this.version = version;
    }

    Client as(String otherToken) {
        return new Client(base, otherToken, version);
    }

    Client under(String otherVersion) {
        return new Client(base, token, otherVersion);
    }

    /// A reply with its JSON; an empty object where there is none.
    record Answer(int status, HttpResponse<String> response) {
        ObjectNode json() {
            var body = response.body();
            return body.startsWith("{") ? Json.object(body) : Json.object();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /// The code of an error, wrapped or bare.
        String code() {
            var error = json();
            return Json.text(error.has("error") ? error.path("error") : error, "code");
        }

        boolean bare() {
            return json().has("code");
        }
    }

    Answer get(String id) {
        return send("GET", id, "");
    }

    Answer put(String id, String body) {
        return send("PUT", id, body);
    }

    Answer patch(String id, String body) {
        return send("PATCH", id, body);
    }

    Answer delete(String id) {
        return send("DELETE", id, "");
    }

    Answer post(String id) {
        return send("POST", id, "");
    }

    /// To an address as the emulator gave it.
    Answer follow(String address) {
        return exchange(request(URI.create(address)).GET().build());
    }

    /// To the steering side.
    Answer steer(String method, String what, String body) {
        return exchange(request(base.resolve("/_sandbox/" + what))
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    Answer send(String method, String id, String body) {
        var query = id.contains("?") ? "&" : "?";
        return exchange(request(base.resolve(id + query + "api-version=" + version))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    Answer exchange(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }
}
