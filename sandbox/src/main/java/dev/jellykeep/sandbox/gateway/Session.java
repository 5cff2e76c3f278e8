package dev.jellykeep.sandbox.gateway;

import dev.jellykeep.sandbox.gateway.Verdict.Answer;
import dev.jellykeep.sandbox.gateway.Verdict.Drop;
import dev.jellykeep.sandbox.gateway.Verdict.Forward;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One client's connection: its requests, one after the other.
final class Session {
    private static final int CONNECT_MILLIS = 5_000;
    private static final Duration REST_OF_A_BODY = Duration.ofSeconds(5);

    private final Gateway gateway;
    private final Socket client;
    private final Inbound in;
    private @Nullable Service idle;

    Session(Gateway gateway, Socket client) {
        this.gateway = gateway;
        this.client = client;
        this.in = new Inbound(client);
    }

    void serve() {
        try {
            client.setTcpNoDelay(true);
            for (var next = Head.read(in); next.isPresent() && exchange(next.get()); next = Head.read(in)) {
                // The exchange is in the condition.
            }
        } catch (IOException _) {
            // One side has left: so does the other.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            gateway.forget(client);
            var last = idle;
            if (last != null) {
                gateway.forget(last.socket());
            }
        }
    }

    /// Whether the connection is kept.
    private boolean exchange(Head request) throws IOException, InterruptedException {
        return switch (gateway.door().judge(request, in::ended)) {
            case Answer answer -> answer(request, answer);
            case Forward forward -> {
                try {
                    yield forward(request, forward);
                } finally {
                    forward.after().run();
                }
            }
            case Drop _ -> false;
        };
    }

    /// The request is read to its end first: a reply to half of one is lost when the connection is reset.
    private boolean answer(Head request, Answer answer) throws IOException {
        var unsent = !request.value("Expect").isEmpty();
        if (!unsent) {
            Body.ofRequest(request).pass(in, OutputStream.nullOutputStream());
        }
        var kept = request.keeps() && !unsent;
        var out = new BufferedOutputStream(client.getOutputStream());
        answer.head().back(kept).write(out);
        if (!request.method().equals("HEAD")) {
            out.write(answer.bytes());
        }
        out.flush();
        return kept;
    }

    private boolean forward(Head request, Forward forward) throws IOException, InterruptedException {
        Service service;
        try {
            service = service(forward);
        } catch (Unreachable _) {
            return answer(request, forward.unreachable());
        }
        try {
            return forward(request, forward, service);
        } finally {
            var kept = idle;
            if (kept == null || !kept.socket().equals(service.socket())) {
                gateway.forget(service.socket());
            }
        }
    }

    private boolean forward(Head request, Forward forward, Service service) throws IOException, InterruptedException {
        var body = Body.ofRequest(request);
        var onward = forward.request().onward();
        (reusable(forward) ? onward.without("Connection") : onward)
                .write(service.socket().getOutputStream());
        var sender = body instanceof Body.None
                ? Thread.ofVirtual().unstarted(() -> {})
                : Thread.ofVirtual().name("gateway-body").start(() -> send(body, service.socket()));
        var back = service.back();
        var out = new BufferedOutputStream(client.getOutputStream());
        try {
            BooleanSupplier gone = () -> !sender.isAlive() && in.ended();
            back.await(forward.patience(), gone);
        } catch (SocketTimeoutException _) {
            return lastWord(forward.late(), out);
        } catch (EOFException _) {
            return lastWord(forward.unreachable(), out);
        }
        var reply = next(back);
        for (; reply.status() / 100 == 1; reply = next(back)) {
            reply.write(out);
        }
        var length = Body.ofReply(request, reply);
        var kept = request.keeps() && !(length instanceof Body.UntilClose);
        reply.back(kept).write(out);
        length.pass(back, out);
        var whole = sender.getState() == Thread.State.NEW || sender.join(REST_OF_A_BODY);
        if (kept && whole && reusable(forward) && reply.keeps()) {
            idle = service.idleNow();
        }
        return kept && whole;
    }

    private static boolean lastWord(Answer answer, OutputStream out) throws IOException {
        answer.head().back(false).write(out);
        out.write(answer.bytes());
        out.flush();
        return false;
    }

    private static Head next(Inbound back) throws IOException {
        return Head.read(back).orElseThrow(() -> new EOFException("the service closed the connection"));
    }

    private void send(Body body, Socket service) {
        try {
            var out = new BufferedOutputStream(service.getOutputStream());
            body.pass(in, out);
        } catch (IOException _) {
            // The client has left, or the service wants no more of it: its reply, if any, still comes.
            if (in.ended()) {
                gateway.forget(service);
            }
        }
    }

    /// A handshake costs more than all else of a request: its connection is used again by the next one.
    private static boolean reusable(Forward forward) {
        return forward.tls() != null;
    }

    private Service service(Forward forward) throws Unreachable {
        var last = idle;
        idle = null;
        if (last != null && last.fits(forward)) {
            return last;
        }
        if (last != null) {
            gateway.forget(last.socket());
        }
        return Service.of(forward, connect(forward));
    }

    private Socket connect(Forward forward) throws Unreachable {
        var plain = new Socket();
        gateway.remember(plain);
        try {
            plain.connect(forward.to(), CONNECT_MILLIS);
            plain.setTcpNoDelay(true);
            var tls = forward.tls();
            if (tls == null) {
                return plain;
            }
            var secure = tls.getSocketFactory()
                    .createSocket(
                            plain, forward.to().getHostString(), forward.to().getPort(), true);
            gateway.remember(secure);
            return secure;
        } catch (IOException e) {
            gateway.forget(plain);
            throw new Unreachable(e);
        }
    }

    private static final class Unreachable extends Exception {
        Unreachable(IOException why) {
            super(why);
        }
    }
}
