package dev.jellykeep.store.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Sends requests, each once: dates and signs them, bounds their time, and throws what isn't a success.
final class Transport {
    /// A line that is slower than this is taken for a broken one.
    static final int SLOWEST_BYTES_PER_SECOND = 64 * 1024;
    /// More than any reply has that is neither a listing nor a part of an archive.
    static final int SMALL_REPLY = 64 * 1024;
    /// Old enough for every cloud and emulator; nothing newer is used.
    private static final String VERSION = "2024-11-04";
    /// An announced length is believed so far, which is what a part of an archive has.
    private static final int BELIEVED = ChunkedDownload.CHUNK;

    private final HttpClient client;
    private final Optional<String> proxyAuthorization;
    private final Authentication authentication;
    private final Supplier<Duration> patience;
    private final InstantSource clock;

    Transport(Clients.Client client, Authentication authentication, Supplier<Duration> patience, InstantSource clock) {
        this.client = client.http();
        this.proxyAuthorization = client.proxyAuthorization();
        this.authentication = authentication;
        this.patience = patience;
        this.clock = clock;
    }

    /// Loads an HTTP client and what signs requests, which takes a tenth of a second.
    static void prepare() {
        Clients.prepare();
        // Code for digests knows the algorithms that were there when it was compiled: for one that comes later it takes
        // five times as long, until it is compiled anew.
        var _ = RemoteBlob.md5(new byte[0], 0);
        new SharedKey("account", "AAAA").sign(Request.of("GET", "http://127.0.0.1/account"));
        new SecureRandom().nextInt();
    }

    /// For small replies.
    Reply send(Request request) {
        return send(request, SMALL_REPLY);
    }

    /// For a reply with a body of at most `most` bytes.
    Reply send(Request request, int most) {
        return send(request, most, patience.get());
    }

    /// Sends a request.
    ///
    /// @param most bytes that the reply's body may have
    /// @param timeout until the reply begins
    /// @throws RefusedException if the service answered with anything but a success
    /// @throws NoTokenException if there is nothing to sign with
    /// @throws UncheckedIOException if no whole reply came that can be used
    /// @throws IllegalStateException caused by an InterruptedException
    Reply send(Request request, int most, Duration timeout) {
        request.set("x-ms-date", HttpDate.of(clock.instant())).set("x-ms-version", VERSION);
        var signed = signed(request, timeout);
        try {
            var reply = exchange(signed, most);
            if (!Refusals.accepted(reply.statusCode(), reply.headers())) {
                throw Refusals.of(reply.statusCode(), reply.headers(), refusal(reply), clock);
            }
            var length =
                    Math.min(reply.headers().firstValueAsLong("Content-Length").orElse(most), most);
            var silence = patience.get();
            var longest = silence.plus(silence).plusSeconds(length / SLOWEST_BYTES_PER_SECOND);
            return Reply.of(request, reply.headers(), reply.body().await(silence, longest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<Body> exchange(HttpRequest signed, int most) throws IOException, InterruptedException {
        try {
            return client.send(
                    signed,
                    head -> Refusals.accepted(head.statusCode(), head.headers())
                            ? new Body(expected(head.headers(), most), most)
                            : new Body(0, SMALL_REPLY));
        } catch (IllegalArgumentException e) {
            // The client reads a reply's Content-Length itself, when the request is long on its way.
            throw new IOException("a reply that is no HTTP: " + e.getMessage(), e);
        }
    }

    private HttpRequest signed(Request request, Duration timeout) {
        var url = authentication.sign(request);
        proxyAuthorization.ifPresent(login -> request.set("Proxy-Authorization", login));
        var builder = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .method(request.method(), publisher(request))
                .header("User-Agent", "jellykeep");
        request.headers().forEach((name, value) -> {
            try {
                builder.header(name, value);
            } catch (IllegalArgumentException _) {
                // Its message shows the value, which may be a token.
                throw new IllegalStateException("the value of the header " + name + " has characters that none may");
            }
        });
        return builder.build();
    }

    /// A PUT says its length even where it is 0, or the service refuses it.
    private static BodyPublisher publisher(Request request) {
        return request.method().equals("PUT")
                ? BodyPublishers.ofByteArray(request.body(), 0, request.length())
                : BodyPublishers.noBody();
    }

    private static int expected(HttpHeaders headers, int most) {
        return (int) Math.min(headers.firstValueAsLong("Content-Length").orElse(0), Math.min(most, BELIEVED));
    }

    /// The words of a refusal; none if they are cut off, or a proxy refused to make a tunnel.
    private byte[] refusal(HttpResponse<Body> reply) throws InterruptedException {
        Body body = reply.body();
        try {
            var silence = patience.get();
            return body == null ? new byte[0] : body.await(silence, silence);
        } catch (IOException _) {
            return new byte[0];
        }
    }
}
