package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.process.ChildProcess;
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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A stand-in that runs as a child process; its methods ask it over HTTP.
public final class RunningStandIn implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("listening on (http://127\\.0\\.0\\.1:\\d+)$");
    private static final Pattern READY = Pattern.compile("^stand-in ready");
    private static final Pattern STOPPED = Pattern.compile("^stand-in stopped: last commit (\\d+)$");
    private static final Duration REQUEST_BOUND = Duration.ofMinutes(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ChildProcess process;
    private final URI address;

    private RunningStandIn(ChildProcess process, URI address) {
        this.process = process;
        this.address = address;
    }

    static RunningStandIn listening(ChildProcess process, Duration bound) {
        MatchResult line = process.awaitLine(LISTENING, bound);
        return new RunningStandIn(process, URI.create(line.group(1)));
    }

    public ChildProcess process() {
        return process;
    }

    /// For example `http://127.0.0.1:40001`.
    public URI address() {
        return address;
    }

    /// What an agent asks for the server's health.
    public URI healthUrl() {
        return address.resolve("/health");
    }

    /// Waits until the server is up (no longer `Degraded`).
    public void awaitUp(Duration bound) {
        process.awaitLine(READY, bound);
    }

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

    /// Body of a GET that succeeds.
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

    /// SIGTERM, then its end within `bound`.
    ///
    /// @return the last number that it committed
    public long stop(Duration bound) {
        int code = process.stop(bound);
        if (code != 0) {
            throw new IllegalStateException("The stand-in ended with " + code + ":\n" + process.tail(20));
        }
        return Long.parseLong(process.awaitLine(STOPPED, bound).group(1));
    }

    /// Kills it (SIGKILL) and waits until it is gone.
    public void kill() {
        process.close();
    }

    @Override
    public void close() {
        process.close();
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
                .timeout(REQUEST_BOUND)
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
