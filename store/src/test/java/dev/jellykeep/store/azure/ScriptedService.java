package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// An HTTP server that gives prepared answers: for those that Azurite never gives (roles, throttling, WORM, tokens).
final class ScriptedService implements AutoCloseable {
    /// One answer.
    record Answer(int status, Map<String, String> headers, String body) {
        static Answer error(int status, String code) {
            return new Answer(
                    status,
                    Map.of("x-ms-error-code", code, "x-ms-request-id", "r-1"),
                    "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>sig=SECRET</Message></Error>");
        }
    }

    private final HttpServer server;
    private final Queue<Answer> answers = new ArrayDeque<>();
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    final List<String> proxyAuthorizations = new CopyOnWriteArrayList<>();

    /// A permit is taken before each answer: more than enough of them, unless a test takes them away.
    final Semaphore gate = new Semaphore(Integer.MAX_VALUE);

    ScriptedService(Answer... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        proxyAuthorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Proxy-Authorization")));
        exchange.getRequestBody().readAllBytes();
        gate.acquireUninterruptibly();
        var answer = nextAnswer();
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        var body = answer.body().getBytes(UTF_8);
        var noBody = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), noBody ? -1 : body.length);
        if (!noBody) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /// The last answer is given for ever.
    private synchronized Answer nextAnswer() {
        return answers.size() > 1 ? answers.remove() : answers.element();
    }
}
