package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReadAheadTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 131_071, 131_072, 131_073, 3_000_001})
    void bytesAreLostOrMixed_betweenTheThreads(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        try (InputStream ahead = new ReadAhead(inOddPieces(bytes))) {
            assertThat(ahead.readAllBytes()).isEqualTo(bytes);
            assertThat(ahead.read()).isEqualTo(-1);
            assertThat(ahead.read()).isEqualTo(-1);
        }
    }

    /// As decoders do: never as much as was asked for.
    private static InputStream inOddPieces(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int count) {
                return super.read(target, offset, Math.min(count, 7_919));
            }
        };
    }

    @Test
    void aFailureIsTakenForTheEnd_andAHalfArchiveForAWhole() throws IOException {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the line is cut");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        byte[] good = new byte[200_000];
        InputStream half = new SequenceInputStream(new ByteArrayInputStream(good), broken);
        try (InputStream ahead = new ReadAhead(half)) {
            assertThat(ahead.readNBytes(good.length)).hasSize(good.length);
            assertThatThrownBy(ahead::read).isInstanceOf(IOException.class).hasMessage("the line is cut");
            assertThatThrownBy(ahead::read).hasMessage("the line is cut");
        }
    }

    @Test
    void aReaderWaitsForEver_whenItsThreadFoundNoMemory() throws IOException {
        InputStream source = new InputStream() {
            @Override
            public int read() {
                throw new OutOfMemoryError("as a JVM that is full");
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                return read();
            }
        };
        try (InputStream ahead = new ReadAhead(source)) {
            assertThatThrownBy(ahead::read).isInstanceOf(OutOfMemoryError.class);
        }
    }

    @Test
    void aThreadIsLeftBehind_whenReadingStopsEarly() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                asked.countDown();
                try {
                    Thread.sleep(Duration.ofHours(1));
                } catch (InterruptedException e) {
                    throw (InterruptedIOException) new InterruptedIOException().initCause(e);
                }
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        try (InputStream _ = new ReadAhead(silent)) {
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("read-ahead");
    }
}
