package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParallelGunzipTest {
    private static final int BLOCK = 1 << 20;
    private static final byte[] FLUSH = {0, 0, -1, -1};

    static LongStream seeds() {
        return Long.getLong("seed") == null ? LongStream.range(0, 12) : LongStream.of(Long.getLong("seed"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whateverTheWriterMakesComesBack(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] plain = content(random, sizes(random));
        byte[] packed = pack(plain);

        assertThat(unpack(packed, random)).isEqualTo(plain);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDamagedArchiveIsNeverReadAsAnotherOne(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] packed = pack(content(random, BLOCK + random.nextInt(BLOCK)));
        for (int round = 0; round < 10; round++) {
            byte[] damaged = packed.clone();
            // behind the header, some of whose bytes mean nothing
            damaged[10 + random.nextInt(damaged.length - 10)] ^= (byte) (1 << random.nextInt(8));
            byte[] cut = random.nextBoolean() ? damaged : Arrays.copyOf(packed, random.nextInt(packed.length));

            assertThatThrownBy(() -> unpack(cut, random))
                    .as("seed %d round %d", seed, round)
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void otherWritersThatFlushAreReadRightly(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] plain = content(random, 3 * BLOCK + random.nextInt(BLOCK));
        byte[] packed = flushed(plain, random);

        assertThat(unpack(packed, random)).isEqualTo(plain);
        packed[packed.length - 5]++;
        assertThatThrownBy(() -> unpack(packed, random)).isInstanceOf(IOException.class);
    }

    @Test
    void bytesThatLookLikeTheEndOfABlockDoNotEndOne() throws Exception {
        Random random = new Random(1);
        byte[] plain = noise(random, 2 * BLOCK + 77);
        for (int at = 10; at < plain.length - 4; at += 10_007) {
            System.arraycopy(FLUSH, 0, plain, at, 4);
        }

        assertThat(unpack(pack(plain), random)).isEqualTo(plain);
    }

    @Test
    void aBlockIsNotBelievedBeforeItsEnd() {
        byte[] into = new byte[BLOCK];
        byte[] text = new byte[BLOCK];
        setAll(text, "so it goes on ");
        for (byte[] plain : List.of(text, noise(new Random(5), BLOCK))) {
            byte[] block = block(plain);
            assertThat(new BlockPieces.Piece(block, block.length).inflated(into))
                    .isSameAs(into);
            for (int missing = 1; missing < 30; missing++) {
                // the flush alone has 5 bytes: without all of them a block ends too
                if (missing != 5) {
                    assertThat(new BlockPieces.Piece(block, block.length - missing).inflated(into))
                            .as("%d bytes missing", missing)
                            .isNull();
                }
            }
        }
    }

    @Test
    void membersBehindTheFirstAreReadAndRubbishIsNot() throws Exception {
        Random random = new Random(3);
        byte[] first = content(random, BLOCK + 5);
        byte[] second = content(random, 2 * BLOCK);
        byte[] both = join(pack(first), pack(second));

        assertThat(unpack(both, random)).isEqualTo(join(first, second));
        assertThat(commons(both)).isEqualTo(join(first, second));
        assertThatThrownBy(() -> unpack(join(pack(first), "rubbish".getBytes(StandardCharsets.UTF_8)), random))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFailingSourceIsToldInsteadOfAnEnd() throws Exception {
        byte[] packed = pack(noise(new Random(4), 5 * BLOCK));
        for (int fails :
                IntStream.range(0, 12).map(i -> 10 + i * packed.length / 12).toArray()) {
            InputStream source = new ByteArrayInputStream(packed) {
                @Override
                public synchronized int read(byte[] bytes, int offset, int count) {
                    if (pos >= fails) {
                        throw new IllegalStateException("the line broke");
                    }
                    return super.read(bytes, offset, Math.min(count, fails - pos));
                }
            };
            assertThatThrownBy(() -> {
                        try (InputStream in = ParallelGunzip.open(source, 2)) {
                            in.transferTo(java.io.OutputStream.nullOutputStream());
                        }
                    })
                    .hasStackTraceContaining("the line broke");
        }
    }

    private static int sizes(Random random) {
        int[] edges = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 1};
        return random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextInt(4 * BLOCK);
    }

    /// Stretches of text, zeros and noise.
    private static byte[] content(Random random, int size) {
        byte[] plain = new byte[size];
        for (int at = 0; at < size; ) {
            int n = Math.min(size - at, 1 + random.nextInt(300_000));
            int kind = random.nextInt(3);
            for (int i = at; i < at + n; i++) {
                plain[i] = kind == 0 ? 0 : (byte) (kind == 1 ? random.nextInt(256) : 'a' + random.nextInt(4));
            }
            at += n;
        }
        return plain;
    }

    private static byte[] noise(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] pack(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ParallelGzip gzip = new ParallelGzip(out, 2)) {
            gzip.write(plain, 0, plain.length);
            gzip.finish();
        }
        return out.toByteArray();
    }

    private static void setAll(byte[] bytes, String text) {
        byte[] letters = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = letters[i % letters.length];
        }
    }

    private static byte[] block(byte[] plain) {
        byte[] out = new byte[plain.length + 4096];
        try (Deflater deflater = new Deflater(1, true)) {
            deflater.setInput(plain);
            return Arrays.copyOf(out, deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH));
        }
    }

    /// A stream with our header whose blocks refer to what is before them, flushed anywhere and at whole blocks.
    private static byte[] flushed(byte[] plain, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ParallelGzip.header());
        byte[] buffer = new byte[2 * BLOCK];
        try (Deflater deflater = new Deflater(1 + random.nextInt(9), true)) {
            for (int at = 0; at < plain.length; ) {
                int n = Math.min(plain.length - at, random.nextBoolean() ? BLOCK : random.nextInt(BLOCK));
                deflater.setInput(plain, at, n);
                out.write(buffer, 0, deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH));
                at += n;
            }
            deflater.finish();
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        CRC32 crc = new CRC32();
        crc.update(plain);
        for (long value : new long[] {crc.getValue(), plain.length}) {
            for (int shift = 0; shift < 32; shift += 8) {
                out.write((int) (value >>> shift));
            }
        }
        return out.toByteArray();
    }

    private static byte[] unpack(byte[] packed, Random random) throws IOException {
        try (InputStream in = ParallelGunzip.open(new ByteArrayInputStream(packed), 1 + random.nextInt(3))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 + random.nextInt(200_000)];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }

    private static byte[] commons(byte[] packed) throws IOException {
        try (InputStream in = GzipCompressorInputStream.builder()
                .setInputStream(new ByteArrayInputStream(packed))
                .setDecompressConcatenated(true)
                .get()) {
            return in.readAllBytes();
        }
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
