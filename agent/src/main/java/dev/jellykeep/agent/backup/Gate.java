package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.ThreadEnd;
import dev.jellykeep.agent.snapshot.Guards;
import dev.jellykeep.store.BlobUpload;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Between an archive and its upload, which begins once the guards have let the snapshot pass: until then the
/// archive's first bytes are held here, and more are not made. From then on they are handed over in a thread of their
/// own, so that compression goes on while a slow store takes what was held.
final class Gate extends OutputStream {
    private static final int PART = 1 << 20;
    private static final int MOST_PARTS = 16;
    private static final Part END = new Part(new byte[0], 0);

    private final Supplier<BlobUpload> begin;
    private final @Nullable Judgement judgement;
    private final BlockingQueue<Part> held = new ArrayBlockingQueue<>(MOST_PARTS);
    private final BlockingQueue<byte[]> spare = new ArrayBlockingQueue<>(MOST_PARTS);
    private byte[] part = new byte[PART];
    private int filled;
    private @Nullable BlobUpload upload;
    private @Nullable Thread sender;
    private volatile @Nullable Throwable failure;

    @SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
    private record Part(byte[] bytes, int count) {}

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
        while (left > 0) {
            if (filled == PART) {
                handOver();
            }
            int n = Math.min(left, PART - filled);
            System.arraycopy(bytes, from, part, filled, n);
            filled += n;
            from += n;
            left -= n;
        }
    }

    private void handOver() throws IOException {
        if (judgement == null || judgement.isThere() || held.remainingCapacity() == 0) {
            pass();
        }
        put(new Part(part, filled));
        byte[] used = spare.poll();
        part = used == null ? new byte[PART] : used;
        filled = 0;
    }

    /// Waits while as much is held as may be; whoever takes it goes on doing so when the upload has failed.
    private void put(Part next) throws IOException {
        throwFailure();
        try {
            held.put(next);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (InterruptedIOException) new InterruptedIOException("interrupted while uploading").initCause(e);
    }

    /// Waits for the guards, and begins the upload.
    ///
    /// @throws Refused if they refuse
    void pass() throws IOException {
        if (upload == null) {
            if (judgement != null && judgement.await() instanceof Guards.Verdict.Refused refused) {
                throw new Refused(refused);
            }
            BlobUpload begun = begin.get();
            upload = begun;
            sender = Thread.ofPlatform().daemon().name("gate").start(() -> send(begun));
        }
    }

    /// Passes, and waits until all that was written is with the upload, which isn't committed.
    ///
    /// @throws Refused if the guards refuse
    BlobUpload finish() throws IOException {
        pass();
        put(new Part(part, filled));
        put(END);
        try {
            Objects.requireNonNull(sender).join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throwFailure();
        return Objects.requireNonNull(upload);
    }

    private void send(BlobUpload to) {
        try {
            for (Part next = held.take(); !next.equals(END); next = held.take()) {
                send(next, to);
                boolean _ = spare.offer(next.bytes());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Part next, BlobUpload to) {
        if (failure == null) {
            try {
                to.write(next.bytes(), 0, next.count());
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
        }
    }

    private void throwFailure() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    /// Gives an upload up that wasn't committed.
    @Override
    public void close() throws IOException {
        if (sender != null) {
            sender.interrupt();
            ThreadEnd.await(sender);
        }
        if (upload != null) {
            upload.close();
        }
    }
}
