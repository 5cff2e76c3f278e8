package dev.jellykeep.store.azure;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A reply's body while it comes in, without a second copy where its size was known.
///
/// The JDK's client bounds the time to the reply's headers only. So it hands this out with them, and who waits for
/// the rest bounds the time without a byte, the whole time, and the bytes.
final class Body implements BodySubscriber<Body> {
    private static final byte[] NOTHING = new byte[0];

    private final int expected;
    private final int most;
    private final long begin = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile long lastProgress = begin;
    private volatile @Nullable Subscription subscription;
    private volatile boolean left;
    private volatile @Nullable Throwable failure;
    /// Both written by the client's threads, one after the other, until it is over.
    private byte[] bytes = NOTHING;

    private int length;

    /// A body to wait for.
    ///
    /// @param expected bytes, as far as it is known
    /// @param most bytes; with more, its connection is closed and {@link #await} fails
    Body(int expected, int most) {
        this.expected = Math.min(expected, most);
        this.most = most;
    }

    /// Waits for the end of the body, or leaves it.
    ///
    /// @param patience for the next byte
    /// @param longest for the whole body
    /// @throws IOException if the connection is lost before the end, nothing comes in time, or it is too large
    byte[] await(Duration patience, Duration longest) throws IOException, InterruptedException {
        try {
            var wait = 0L;
            while (!over.await(wait, TimeUnit.NANOSECONDS)) {
                var now = System.nanoTime();
                var toNext = patience.toNanos() - (now - lastProgress);
                var toEnd = longest.toNanos() - (now - begin);
                if (toNext <= 0) {
                    throw new HttpTimeoutException("no byte of the body in " + patience.toMillis() + " ms");
                }
                if (toEnd <= 0) {
                    throw new HttpTimeoutException("the body took longer than " + longest.toMillis() + " ms");
                }
                wait = Math.min(toNext, toEnd);
            }
        } finally {
            if (over.getCount() > 0) {
                leave();
            }
        }
        var thrown = failure;
        if (thrown != null) {
            throw new IOException(thrown.getMessage(), thrown);
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription to) {
        subscription = to;
        if (left) {
            to.cancel();
        } else {
            to.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lastProgress = System.nanoTime();
        for (var buffer : buffers) {
            var count = Math.min(buffer.remaining(), most - length);
            if (count > bytes.length - length) {
                var doubled = (int) Math.min(2L * bytes.length, most);
                bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length == 0 ? expected : doubled));
            }
            buffer.get(bytes, length, count);
            length += count;
            if (buffer.hasRemaining()) {
                leave();
                onError(new IOException("the body has more than " + most + " bytes"));
                return;
            }
        }
    }

    @Override
    public void onError(Throwable thrown) {
        if (over.getCount() > 0) {
            failure = thrown;
            over.countDown();
        }
    }

    @Override
    public void onComplete() {
        over.countDown();
    }

    /// Before or after the client has subscribed it: one of the two sees the other.
    private void leave() {
        left = true;
        var from = subscription;
        if (from != null) {
            from.cancel();
        }
    }
}
