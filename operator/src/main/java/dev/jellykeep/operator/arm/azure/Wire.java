package dev.jellykeep.operator.arm.azure;

import com.azure.core.util.BinaryData;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Sends a request once, and bounds its time and its reply. Follows no redirect.
final class Wire implements AutoCloseable {
    /// More than any app, revision list or error has.
    static final int LARGEST_BODY = 4 * 1024 * 1024;

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

    /// What came back, whole.
    record Reply(int status, HttpHeaders headers, BinaryData body) {
        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        String requestId() {
            return header("x-ms-request-id");
        }
    }

    private final HttpClient client;
    private final Duration tryTimeout;

    Wire(Duration tryTimeout) {
        this.tryTimeout = tryTimeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(tryTimeout.compareTo(LONGEST_CONNECT) < 0 ? tryTimeout : LONGEST_CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /// Sends it.
    ///
    /// @throws FaultException if no whole reply came
    Reply send(URI url, String method, Map<String, String> headers, byte[] body, Duration atMost) {
        var request = request(url, method, headers, body);
        var timeout = atMost.compareTo(tryTimeout) < 0 ? atMost : tryTimeout;
        var reply = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY));
        try {
            var whole = reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Reply(whole.statusCode(), whole.headers(), BinaryData.fromBytes(whole.body()));
        } catch (TimeoutException _) {
            reply.cancel(true);
            var told = new TimeoutException("no whole reply within " + timeout.toMillis() + " ms");
            throw new FaultException(new Fault.Lost(told));
        } catch (InterruptedException _) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw new FaultException(new Fault.Interrupted(true));
        } catch (ExecutionException e) {
            throw new FaultException(
                    tooLarge(e) ? new Fault.NotArm("more than " + LARGEST_BODY + " bytes", "") : Fault.of(e));
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    /// The JDK tells it by words alone.
    private static boolean tooLarge(ExecutionException e) {
        return e.getCause() instanceof IOException cause
                && String.valueOf(cause.getMessage()).contains("exceeds capacity");
    }

    private static HttpRequest request(URI url, String method, Map<String, String> headers, byte[] body) {
        var builder = HttpRequest.newBuilder(url).method(method, publisher(method, body));
        headers.forEach((name, value) -> {
            try {
                builder.header(name, value);
            } catch (IllegalArgumentException _) {
                // Its message shows the value, which may be a token.
                var why = "the value of the header " + name + " has characters that none may";
                throw new FaultException(new Fault.NoToken(why, false, null));
            }
        });
        return builder.build();
    }

    /// A POST says its length even where it is 0.
    private static BodyPublisher publisher(String method, byte[] body) {
        return body.length > 0 || method.equals("POST") ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody();
    }
}
