package dev.jellykeep.scenarios.town;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Plain requests to the Container Apps API and to the sandbox's own pages, as somebody else than Jellykeep sends them.
final class Arm {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final String VERSION = "api-version=2025-07-01";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI at;

    Arm(URI at) {
        this.at = at;
    }

    /// Sends a request about a resource.
    ///
    /// @throws ScenarioFailure with the reply, if it is refused
    String send(String method, String id, String json) {
        return send(HttpRequest.newBuilder(at.resolve(id + "?" + VERSION))
                .header("Authorization", "Bearer somebody-else")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    /// What a container of a replica has printed.
    String console(String replica, String container) {
        return send(HttpRequest.newBuilder(
                at.resolve("/_sandbox/logs?type=console&tail=1000&replica=" + replica + "&container=" + container)));
    }

    /// The platform's events.
    String system() {
        return send(HttpRequest.newBuilder(at.resolve("/_sandbox/logs?type=system&tail=1000")));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            var reply = HTTP.send(request.timeout(BOUND).build(), BodyHandlers.ofString());
            if (reply.statusCode() / 100 != 2) {
                throw new ScenarioFailure(reply.request().method() + " " + reply.uri() + " was answered with "
                        + reply.statusCode() + ": " + reply.body());
            }
            return reply.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the emulator.", e);
        }
    }
}
