package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.process.ChildProcess;
import java.net.URI;
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

    private final ChildProcess process;
    private final StandInClient client;

    private RunningStandIn(ChildProcess process, URI address) {
        this.process = process;
        this.client = new StandInClient(address, REQUEST_BOUND);
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
        return client.address();
    }

    /// What an agent asks for the server's health.
    public URI healthUrl() {
        return address().resolve("/health");
    }

    /// Waits until the server is up (no longer `Degraded`).
    public void awaitUp(Duration bound) {
        process.awaitLine(READY, bound);
    }

    public StandInFacts facts() {
        return client.facts();
    }

    /// The body of `/health`; empty if the connection is refused.
    public Optional<String> health() {
        return client.health();
    }

    /// Body of a GET that succeeds.
    public String get(String path) {
        return client.get(path);
    }

    /// Status of a request, whatever it is.
    public int status(String method, String path, String body) {
        return client.status(method, path, body);
    }

    /// Walks through the setup wizard: creates the administrator and completes it.
    public void completeWizard(String administrator) {
        client.completeWizard(administrator);
    }

    public void createUser(String name) {
        client.createUser(name);
    }

    /// Adds items until the library has grown by this much; returns when they are committed.
    public void growLibrary(int megabytes) {
        client.growLibrary(megabytes);
    }

    /// Changes the rate of writes: 0 none, -1 as many as it can.
    public void writesPerSecond(int rate) {
        client.writesPerSecond(rate);
    }

    /// Runs the server's own optimise task, which empties the WAL and rewrites the database.
    public void optimize() {
        client.optimize();
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
}
