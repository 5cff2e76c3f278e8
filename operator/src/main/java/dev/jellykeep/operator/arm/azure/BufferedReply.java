package dev.jellykeep.operator.arm.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// A whole reply in the SDK's shape.
final class BufferedReply extends HttpResponse {
    private final Wire.Reply reply;
    private final HttpHeaders headers = new HttpHeaders();

    BufferedReply(HttpRequest request, Wire.Reply reply) {
        super(request);
        this.reply = reply;
        reply.headers().map().forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), values));
    }

    @Override
    public int getStatusCode() {
        return reply.status();
    }

    @Override
    @Deprecated
    public String getHeaderValue(String name) {
        return headers.getValue(HttpHeaderName.fromString(name));
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public Flux<ByteBuffer> getBody() {
        return Flux.defer(() -> Flux.just(reply.body().toByteBuffer()));
    }

    @Override
    public BinaryData getBodyAsBinaryData() {
        return reply.body();
    }

    @Override
    public Mono<byte[]> getBodyAsByteArray() {
        return Mono.just(reply.body().toBytes());
    }

    @Override
    public Mono<String> getBodyAsString() {
        return getBodyAsString(StandardCharsets.UTF_8);
    }

    @Override
    public Mono<String> getBodyAsString(Charset charset) {
        return Mono.just(new String(reply.body().toBytes(), charset));
    }

    @Override
    public HttpResponse buffer() {
        return this;
    }
}
