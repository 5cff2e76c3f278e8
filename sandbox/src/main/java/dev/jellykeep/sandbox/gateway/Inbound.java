package dev.jellykeep.sandbox.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// What comes in on a connection, read ahead by one buffer. For one thread at a time.
final class Inbound {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int GLANCE_MILLIS = 1;
    private static final int ROUND_MILLIS = 100;

    private final Socket socket;
    private final byte[] buffer = new byte[32 * 1024];
    private int start;
    private int end;

    Inbound(Socket socket) {
        this.socket = socket;
    }

    /// Whether the other side has left. Sure only where it has sent nothing that is still unread.
    boolean ended() {
        if (start < end) {
            return false;
        }
        try {
            return !filled(GLANCE_MILLIS);
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /// Waits for the first byte.
    ///
    /// @param patience the longest wait; for ever where zero
    /// @param nobodyWaits asked every now and then; the wait ends where it holds
    /// @throws SocketTimeoutException after that
    /// @throws EOFException where the other side has left, or nobody waits
    void await(Duration patience, BooleanSupplier nobodyWaits) throws IOException {
        var begin = System.nanoTime();
        while (start == end) {
            try {
                if (!filled(ROUND_MILLIS)) {
                    throw new EOFException("the connection was closed");
                }
            } catch (SocketTimeoutException e) {
                if (!patience.isZero() && System.nanoTime() - begin > patience.toNanos()) {
                    throw e;
                }
                if (nobodyWaits.getAsBoolean()) {
                    throw new EOFException("nobody waits any more");
                }
            }
        }
    }

    /// A line without its end; empty at the end of a head, and of the connection.
    String line() throws IOException {
        var line = new StringBuilder();
        while (fill()) {
            var next = (char) (buffer[start++] & 0xff);
            if (next == '\n') {
                var length = line.length();
                return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
            }
            line.append(next);
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a line has more than " + LONGEST_LINE + " bytes");
            }
        }
        return "";
    }

    /// Whether the next byte may have to be waited for.
    boolean dry() {
        return start == end;
    }

    /// Passes on so many bytes, each piece as soon as it is there.
    ///
    /// @throws EOFException if they end before
    void pass(long count, OutputStream to) throws IOException {
        for (var left = count; left > 0; ) {
            var piece = piece((int) Math.min(left, buffer.length), to);
            if (piece == 0) {
                throw new EOFException("the connection was closed " + left + " bytes before the end of a message");
            }
            left -= piece;
        }
    }

    /// Passes on everything until the other side closes.
    void passAll(OutputStream to) throws IOException {
        while (piece(buffer.length, to) > 0) {
            // Each piece is passed by the condition.
        }
    }

    void passLine(String line, OutputStream to) throws IOException {
        to.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private int piece(int most, OutputStream to) throws IOException {
        if (!fill()) {
            return 0;
        }
        var count = Math.min(most, end - start);
        to.write(buffer, start, count);
        start += count;
        if (start == end) {
            to.flush();
        }
        return count;
    }

    private boolean fill() throws IOException {
        return start < end || filled(0);
    }

    private boolean filled(int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        var count = socket.getInputStream().read(buffer, 0, buffer.length);
        start = 0;
        end = Math.max(0, count);
        return count > 0;
    }
}
