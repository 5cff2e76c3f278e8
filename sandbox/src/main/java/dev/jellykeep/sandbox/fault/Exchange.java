package dev.jellykeep.sandbox.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection through the proxy.
final class Exchange {
    private static final int PIECE = 16 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile boolean lost;

    Exchange(TcpProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    /// Passes requests on, one head and body after the other.
    void requests() {
        try {
            // a head is read byte by byte
            var in = new BufferedInputStream(client.getInputStream());
            var out = server.getOutputStream();
            for (var head = head(in); !head.isEmpty(); head = head(in)) {
                var firstLine = head.substring(0, head.indexOf('\r'));
                if (proxy.swallows(firstLine)) {
                    return;
                }
                lost = proxy.losesReply(firstLine);
                out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                pass(in, out, bodyLength(head), proxy.damages(firstLine) ? 1 : 0);
                out.flush();
            }
        } catch (IOException _) {
            // One side has gone; the other is told below.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (!lost) {
                TcpProxy.closeQuietly(server);
                TcpProxy.closeQuietly(client);
            }
        }
    }

    /// Passes replies back; one that is to be lost is awaited, so that the server has done its work, and dropped.
    void replies() {
        var piece = new byte[PIECE];
        try {
            var in = server.getInputStream();
            var out = client.getOutputStream();
            for (var count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (lost) {
                    return;
                }
                var passed = proxy.pass(count);
                out.write(piece, 0, passed);
                out.flush();
                if (passed < count) {
                    return;
                }
            }
        } catch (IOException _) {
            // One side has gone; the other is told below.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            TcpProxy.closeQuietly(client);
            TcpProxy.closeQuietly(server);
        }
    }

    /// Passes a body on.
    ///
    /// @param flipped bits of its first byte
    private void pass(InputStream in, OutputStream out, long length, int flipped)
            throws IOException, InterruptedException {
        var piece = new byte[PIECE];
        for (var left = length; left > 0; ) {
            var count = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (count < 0) {
                throw new IOException("the client left in the middle of a request");
            }
            proxy.brake(count);
            piece[0] ^= (byte) (left == length ? flipped : 0);
            out.write(piece, 0, count);
            left -= count;
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.length() < LONGEST_HEAD) {
            var next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
            if (next == '\n'
                    && head.length() >= 4
                    && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                return head.toString();
            }
        }
        throw new IOException("a request's head has more than " + LONGEST_HEAD + " bytes");
    }

    private static long bodyLength(String head) throws IOException {
        var length = 0L;
        for (var line : head.lines().toList()) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(line.substring(line.indexOf(':') + 1).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                throw new IOException("this proxy knows no chunked requests");
            }
        }
        return length;
    }
}
