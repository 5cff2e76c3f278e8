package dev.jellykeep.agent.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// Cuts a deflate stream behind each sync flush, an empty stored block that ends on a byte: `00 00 FF FF`. Such bytes
/// may stand inside of a block too. Source: RFC 1951 §3.2.4.
final class BlockPieces {
    private static final int CHUNK = 1 << 16;
    /// A block that can't be deflated is stored, with a few bytes for every 16 KiB.
    private static final int LONGEST = ParallelGzip.BLOCK + CHUNK;

    private static final byte[] LAST_AND_EMPTY = {1, 0, 0, -1, -1};

    private final InputStream source;
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private final byte[] chunk = new byte[CHUNK];
    private int from;
    private int to;
    private byte[] current = new byte[LONGEST];
    private int filled;
    private boolean over;

    BlockPieces(InputStream source) {
        this.source = source;
    }

    /// A part of the stream, whose end may be that of a block.
    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
    record Piece(byte[] bytes, int count) {
        InputStream stream() {
            return new ByteArrayInputStream(bytes, 0, count);
        }

        /// @param block filled, and returned if this is exactly one block that needs nothing before it
        byte @Nullable [] inflated(byte[] block) {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(bytes, 0, count);
                int n = 0;
                for (int more = 1; more > 0 && n < block.length; n += more) {
                    more = inflater.inflate(block, n, block.length - n);
                }
                return n == block.length && endsHere(inflater) ? block : null;
            } catch (DataFormatException _) {
                return null;
            } finally {
                inflater.end();
            }
        }

        /// Whether nothing is left, and a deflate block could begin: one that says it is the last then ends the stream.
        private static boolean endsHere(Inflater inflater) throws DataFormatException {
            byte[] none = new byte[1];
            if (inflater.inflate(none) > 0 || inflater.finished() || inflater.getRemaining() > 0) {
                return false;
            }
            inflater.setInput(LAST_AND_EMPTY);
            return inflater.inflate(none) == 0 && inflater.finished() && inflater.getRemaining() == 0;
        }
    }

    /// @return null where none ends any more; the rest is {@link #unread} and the source
    @Nullable
    Piece next() throws IOException {
        while (!over) {
            if (from == to && !more()) {
                break;
            }
            int end = take();
            if (end >= 0) {
                Piece piece = new Piece(current, filled);
                current = spare.isEmpty() ? new byte[LONGEST] : spare.pop();
                filled = 0;
                return piece;
            }
            over = filled == LONGEST;
        }
        over = true;
        return null;
    }

    private boolean more() throws IOException {
        from = 0;
        to = Math.max(0, source.read(chunk, 0, CHUNK));
        return to > 0;
    }

    /// Moves bytes from the chunk to the piece, up to the end of a flush.
    ///
    /// @return negative if none ended
    private int take() {
        int n = Math.min(to - from, LONGEST - filled);
        System.arraycopy(chunk, from, current, filled, n);
        int end = flushEnd(Math.max(3, filled), filled + n);
        int taken = end < 0 ? n : end - filled;
        filled += taken;
        from += taken;
        return end;
    }

    /// Where four bytes end that look like a flush. Of any four in a row one is looked at.
    private int flushEnd(int first, int limit) {
        byte[] bytes = current;
        for (int i = first; i < limit; i += 4) {
            if (bytes[i] == 0 || bytes[i] == -1) {
                int end = near(i, Math.min(limit, i + 4));
                if (end > 0) {
                    return end;
                }
            }
        }
        return -1;
    }

    private int near(int first, int limit) {
        byte[] bytes = current;
        for (int last = first; last < limit; last++) {
            if (bytes[last] == -1 && bytes[last - 1] == -1 && bytes[last - 2] == 0 && bytes[last - 3] == 0) {
                return last + 1;
            }
        }
        return -1;
    }

    /// Gives a piece's memory back.
    void free(Piece piece) {
        spare.push(piece.bytes());
    }

    /// What was read from the source and is in no piece.
    InputStream unread() {
        byte[] bytes = new byte[filled + to - from];
        System.arraycopy(current, 0, bytes, 0, filled);
        System.arraycopy(chunk, from, bytes, filled, to - from);
        return new ByteArrayInputStream(bytes);
    }
}
