package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ParallelGzipTest {
    private static final int BLOCK = 1 << 20;

    static Stream<Arguments> contents() {
        return Stream.of(
                        0,
                        1,
                        2,
                        BLOCK - 1,
                        BLOCK,
                        BLOCK + 1,
                        2 * BLOCK - 1,
                        2 * BLOCK,
                        2 * BLOCK + 1,
                        5 * BLOCK,
                        5 * BLOCK + 12_345)
                .flatMap(size -> Stream.of("zeros", "text", "noise").map(kind -> Arguments.of(size, kind)));
    }

    @ParameterizedTest(name = "{0} bytes of {1}")
    @MethodSource("contents")
    void anyReaderGetsEverythingFromOneMember(int size, String kind) throws Exception {
        byte[] plain = content(size, kind);
        byte[] packed = pack(plain, 1 + size % 3);
        try (var jdk = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            assertThat(jdk.readAllBytes()).isEqualTo(plain);
        }
        ByteArrayInputStream source = new ByteArrayInputStream(packed);
        try (var single = GzipCompressorInputStream.builder()
                .setInputStream(source)
                .setDecompressConcatenated(false)
                .get()) {
            assertThat(single.readAllBytes()).isEqualTo(plain);
        }
        assertThat(source.available()).as("bytes after the member").isZero();
        assertThat(packed.length).isLessThan(plain.length + plain.length / 1000 + 100);
    }

    @Test
    void oddlySizedWritesMakeTheSameStream() throws Exception {
        byte[] plain = content(3 * BLOCK + 17, "text");
        Random random = new Random(7);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParallelGzip gzip = new ParallelGzip(out, 2)) {
            for (int at = 0; at < plain.length; ) {
                int n = Math.min(plain.length - at, random.nextInt(200_000));
                gzip.write(plain, at, n);
                at += n;
                if (at < plain.length) {
                    gzip.write(plain[at++]);
                }
            }
            gzip.finish();
        }
        assertThat(out.toByteArray()).isEqualTo(pack(plain, 3));
    }

    @Test
    void aFailingTargetIsReportedAndNoThreadStays() throws Exception {
        OutputStream full = new OutputStream() {
            private long left = 100;

            @Override
            public void write(int b) throws IOException {
                if (--left < 0) {
                    throw new IOException("full");
                }
            }
        };
        ParallelGzip gzip = new ParallelGzip(full, 2);
        try (gzip) {
            assertThatThrownBy(() -> {
                        gzip.write(content(6 * BLOCK, "noise"));
                        gzip.finish();
                    })
                    .hasMessage("full");
        }
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (threads() > 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(threads()).as("gzip threads left").isZero();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("gzip-"))
                .count();
    }

    private static byte[] pack(byte[] plain, int threads) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParallelGzip gzip = new ParallelGzip(out, threads)) {
            gzip.write(plain);
            gzip.finish();
        }
        return out.toByteArray();
    }

    private static byte[] content(int size, String kind) {
        byte[] content = new byte[size];
        Random random = new Random(size);
        if (kind.equals("noise")) {
            random.nextBytes(content);
        } else if (kind.equals("text")) {
            for (int i = 0; i < size; i++) {
                content[i] = (byte) ('a' + random.nextInt(4));
            }
        }
        return content;
    }
}
