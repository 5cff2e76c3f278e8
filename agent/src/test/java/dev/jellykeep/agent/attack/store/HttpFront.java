package dev.jellykeep.agent.attack.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A port before a Blob service in the clear, which counts requests and does something to one of them. Each request has
/// a connection of its own to the service, so that its reply ends where that does.
final class HttpFront implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)\\s*$");
    private static final Pattern CONNECTION = Pattern.compile("(?im)^connection: .*\r\n");

    private final ServerSocket listener;
    private final int target;
    private final HttpFault fault;
    private final int at;
    private final Runnable kill;
    private final List<String> requests = new ArrayList<>();

    private HttpFront(ServerSocket listener, int target, HttpFault fault, int at, Runnable kill) {
        this.listener = listener;
        this.target = target;
        this.fault = fault;
        this.at = at;
        this.kill = kill;
    }

    /// @param at which request, from 1 on
    static HttpFront before(int target, HttpFault fault, int at) {
        return before(target, fault, at, () -> {
            throw new IllegalStateException(fault + " needs a process that can be killed");
        });
    }

    /// @param kill ends who asks, where that is the fault
    static HttpFront before(int target, HttpFault fault, int at, Runnable kill) {
        try {
            var listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
            HttpFront front = new HttpFront(listener, target, fault, at, kill);
            Thread.ofVirtual().start(front::accept);
            return front;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /// First lines, in order.
    List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            String head = head(in);
            if (!head.isEmpty()) {
                var length = LENGTH.matcher(head);
                byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
                answer(client, head, body);
            }
        } catch (IOException gone) {
            // as planned, or the client has left
        }
    }

    private HttpFault next(String head) {
        synchronized (requests) {
            requests.add(head.substring(0, head.indexOf('\r')));
            boolean now = fault.lasts() ? requests.size() >= at : requests.size() == at;
            return now && at > 0 ? fault : HttpFault.NONE;
        }
    }

    private void answer(Socket client, String head, byte[] body) throws IOException {
        HttpFault now = next(head);
        byte[] reply = switch (now.way()) {
            case DROP, ANSWER, SILENCE, KILL -> new byte[0];
            case PASS, LOSE, ANSWER_AFTER, CUT, STALL, KILL_AFTER -> ask(head, body);
        };
        switch (now.way()) {
            case PASS -> client.getOutputStream().write(reply);
            case DROP, LOSE -> client.setSoLinger(true, 0);
            case ANSWER, ANSWER_AFTER -> client.getOutputStream().write(now.answer());
            case KILL, KILL_AFTER -> kill.run();
            case CUT -> client.getOutputStream().write(half(reply));
            case STALL, SILENCE -> {
                client.getOutputStream().write(half(reply));
                client.getOutputStream().flush();
                // until the client gives up
                long _ = client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        client.getOutputStream().flush();
    }

    private static byte[] half(byte[] reply) {
        return Arrays.copyOf(reply, reply.length / 2);
    }

    private byte[] ask(String head, byte[] body) throws IOException {
        try (Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
            String once = CONNECTION.matcher(head).replaceAll("").replaceFirst("\r\n", "\r\nConnection: close\r\n");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(once.getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(body);
            service.getOutputStream().write(all.toByteArray());
            return service.getInputStream().readAllBytes();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
