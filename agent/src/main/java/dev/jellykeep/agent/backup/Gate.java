package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.snapshot.Guards;
import dev.jellykeep.store.BlobUpload;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Between an archive and its upload, which begins once the guards have let the snapshot pass: until then the
/// archive's first bytes are held here, and more are not made.
final class Gate extends OutputStream {
    private static final int PART = 1 << 20;
    private static final int MOST_PARTS = 16;

    private final Supplier<BlobUpload> begin;
    private final @Nullable Judgement judgement;
    private final List<byte[]> held = new ArrayList<>();
    private int inLast = PART;
    private @Nullable BlobUpload upload;

    /// @param judgement null: the snapshot is kept whatever it is
    Gate(Supplier<BlobUpload> begin, @Nullable Judgement judgement) {
        this.begin = begin;
        this.judgement = judgement;
    }

    /// The guards refused the snapshot whose archive was being made.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Guards.Verdict.Refused verdict;

        Refused(Guards.Verdict.Refused verdict) {
            super(verdict.sentence());
            this.verdict = verdict;
        }

        Guards.Verdict.Refused verdict() {
            return verdict;
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        int from = offset;
        int left = count;
        while (left > 0 && holds()) {
            int n = Math.min(left, PART - inLast);
            System.arraycopy(bytes, from, held.getLast(), inLast, n);
            inLast += n;
            from += n;
            left -= n;
        }
        if (left > 0) {
            pass().write(bytes, from, left);
        }
    }

    /// Whether there is room for a byte that must not go on yet.
    private boolean holds() {
        if (upload != null || judgement == null || judgement.isThere()) {
            return false;
        }
        if (inLast == PART && held.size() < MOST_PARTS) {
            held.add(new byte[PART]);
            inLast = 0;
        }
        return inLast < PART;
    }

    /// Waits for the guards, and begins the upload.
    ///
    /// @throws Refused if they refuse
    BlobUpload pass() throws IOException {
        if (upload == null) {
            if (judgement != null && judgement.await() instanceof Guards.Verdict.Refused refused) {
                throw new Refused(refused);
            }
            upload = begin.get();
            while (!held.isEmpty()) {
                byte[] part = held.removeFirst();
                upload.write(part, 0, held.isEmpty() ? inLast : PART);
            }
        }
        return upload;
    }

    /// Gives an upload up that wasn't committed.
    @Override
    public void close() throws IOException {
        if (upload != null) {
            upload.close();
        }
    }
}
