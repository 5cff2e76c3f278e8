package dev.jellykeep.operator.arm.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.net.URI;
import java.net.URISyntaxException;
import reactor.core.publisher.Mono;

/// The HTTP client below the SDK's pipeline: whatever is sent to ARM, typed or raw, goes through here,
/// and whatever isn't a success is thrown as a {@link FaultException}.
///
/// The SDK subscribes on the thread that calls it, so all waiting is done by the caller's own thread.
final class ArmHttp implements HttpClient {
    private final ArmEndpoint endpoint;
    private final Tries tries;
    private final Exchange exchange;

    ArmHttp(ArmEndpoint endpoint, Tries tries, Exchange exchange) {
        this.endpoint = endpoint;
        this.tries = tries;
        this.exchange = exchange;
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return send(request, Context.NONE);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request, Context context) {
        return Mono.fromCallable(() -> sendSync(request, context));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
        var call = Call.in(context);
        var url = url(request);
        if (!endpoint.owns(url)) {
            throw new FaultException(new Fault.ForeignUrl(String.valueOf(url.getHost())));
        }
        return new BufferedReply(request, tries.run(call, token -> exchange.send(request, url, token, call)));
    }

    private static URI url(HttpRequest request) {
        try {
            return request.getUrl().toURI();
        } catch (URISyntaxException _) {
            throw new FaultException(new Fault.ForeignUrl("no host: it is no URL"));
        }
    }
}
