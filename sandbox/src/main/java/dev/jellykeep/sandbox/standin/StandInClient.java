package dev.jellykeep.sandbox.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/// Asks a stand-in over HTTP, wherever it runs.
///
/// @param address for example `http://127.0.0.1:40001`, or that of an ingress before it
/// @param bound for each reply
public record StandInClient(URI address, Duration bound) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public StandInFacts facts() {
        return StandInFacts.parse(get("/standin/facts"));
    }

    /// The body of `/health`; empty if the connection is refused.
    public Optional<String> health() {
        try {
            return Optional.of(get("/health"));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ConnectException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Whether it has started, and says that it is well.
    public boolean healthy() {
        var response = send("GET", "/health", "");
        return response.statusCode() == 200 && response.body().equals("Healthy");
    }

    /// Body of a GET that succeeds.
    ///
    /// @throws IllegalStateException with the reply, if it doesn't
    public String get(String path) {
        return succeed(send("GET", path, ""));
    }

    /// Status of a request, whatever it is.
    public int status(String method, String path, String body) {
        return send(method, path, body).statusCode();
    }

    /// Walks through the setup wizard: creates the administrator and completes it.
    public void completeWizard(String administrator) {
        post("/Startup/Configuration", "{}");
        post("/Startup/User", "{\"Name\":\"" + administrator + "\",\"Password\":\"secret\"}");
        post("/Startup/Complete", "");
    }

    public void createUser(String name) {
        post("/standin/users", "{\"Name\":\"" + name + "\"}");
    }

    /// Adds items until the library has grown by this much; returns when they are committed.
    public void growLibrary(int megabytes) {
        post("/standin/library?mb=" + megabytes, "");
    }

    /// Changes the rate of writes: 0 none, -1 as many as it can.
    public void writesPerSecond(int rate) {
        post("/standin/writes?rate=" + rate, "");
    }

    /// Runs the server's own optimise task, which empties the WAL and rewrites the database.
    public void optimize() {
        post("/standin/optimize", "");
    }

    private void post(String path, String body) {
        String _ = succeed(send("POST", path, body));
    }

    private static String succeed(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(bound)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("The stand-in at " + address + " does not answer " + path + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the stand-in.", e);
        }
    }
}
