package dev.jellykeep.agent.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;

/// Archives of ours with something wrong: bits, blocks, headers whose checksums are right again, extended headers, gzip
/// members, ends. By a seed.
final class MutatedArchives {
    private static final int BLOCK = TarBytes.BLOCK;

    private static final String[] TEXTS = {
        "../x",
        "/x",
        "..",
        ".",
        "",
        "a/../../x",
        ".jellykeep/x",
        ".jellykeep",
        ".jellykeep/manifest.json",
        "\0",
        "-1",
        "99999999999999999999",
        "9223372036854775807",
        "0",
        "777777777777",
        "a/",
        "//",
        "é",
        "\uFFFD",
        "NaN"
    };
    private static final String[] KEYS = {
        "path",
        "linkpath",
        "size",
        "mtime",
        "uid",
        "gid",
        "GNU.sparse.map",
        "GNU.sparse.major",
        "SCHILY.realsize",
        "hdrcharset",
        "comment",
        "atime",
        "LIBARCHIVE.xattr.user",
        "SCHILY.devmajor"
    };

    private final Random random;

    MutatedArchives(long seed) {
        this.random = new Random(seed);
    }

    /// @param whole an archive
    byte[] mutated(byte[] whole) throws IOException {
        if (random.nextInt(4) == 0) {
            return container(whole);
        }
        byte[] tar = new GZIPInputStream(new ByteArrayInputStream(whole)).readAllBytes();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            tar = tarred(tar);
        }
        byte[] packed = TarBytes.gzip(tar);
        return random.nextInt(8) == 0 ? container(packed) : packed;
    }

    private byte[] container(byte[] gzip) throws IOException {
        int at = random.nextInt(gzip.length);
        return switch (random.nextInt(6)) {
            case 0 -> flipped(gzip, at);
            case 1 -> Arrays.copyOf(gzip, at);
            case 2 -> DamagedArchives.concat(gzip, gzip);
            case 3 -> DamagedArchives.concat(Arrays.copyOf(gzip, at), gzip);
            case 4 -> DamagedArchives.concat(gzip, noise(random.nextInt(2000)));
            default -> moved(gzip, at, random.nextInt(gzip.length), random.nextInt(1, 600));
        };
    }

    private byte[] tarred(byte[] tar) {
        if (tar.length < BLOCK) {
            return tar;
        }
        int blocks = tar.length / BLOCK;
        int block = random.nextInt(blocks) * BLOCK;
        return switch (random.nextInt(9)) {
            case 0 -> flipped(tar, random.nextInt(tar.length));
            case 1 -> Arrays.copyOf(tar, random.nextBoolean() ? block : random.nextInt(tar.length));
            case 2 -> inserted(tar, block, Arrays.copyOfRange(tar, block, block + BLOCK));
            case 3 -> removed(tar, block, Math.min(tar.length, block + BLOCK * random.nextInt(1, 4)));
            case 4 -> inserted(tar, block, extension());
            case 5 -> inserted(tar, block, new byte[BLOCK * random.nextInt(1, 4)]);
            case 6 -> moved(tar, block, random.nextInt(blocks) * BLOCK, BLOCK);
            default -> header(tar);
        };
    }

    /// Changes a field of a header, and makes its checksum right.
    private byte[] header(byte[] tar) {
        byte[] copy = tar.clone();
        int at = random.nextInt(copy.length / BLOCK) * BLOCK;
        for (int tries = 0; tries < copy.length / BLOCK && copy[at + 257] != 'u'; tries++) {
            at = (at + BLOCK) % (copy.length / BLOCK * BLOCK);
        }
        int[][] fields = {
            {0, 100}, {100, 8}, {108, 8}, {116, 8}, {124, 12}, {136, 12}, {156, 1}, {157, 100}, {257, 8}, {345, 155}
        };
        int[] field = fields[random.nextInt(fields.length)];
        byte[] value = switch (random.nextInt(4)) {
            case 0 -> noise(field[1]);
            case 1 -> new byte[field[1]];
            case 2 -> TarBytes.octal(random.nextInt(5000));
            default -> TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
        };
        if (field[1] == 1) {
            value = new byte[] {(byte) "012345678LKxgSDVM\0Z".charAt(random.nextInt(19))};
        }
        Arrays.fill(copy, at + field[0], at + field[0] + field[1], (byte) 0);
        System.arraycopy(value, 0, copy, at + field[0], Math.min(value.length, field[1]));
        byte[] fixed = TarBytes.withChecksum(Arrays.copyOfRange(copy, at, at + BLOCK));
        System.arraycopy(fixed, 0, copy, at, BLOCK);
        return copy;
    }

    private byte[] extension() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        String key = KEYS[random.nextInt(KEYS.length)];
        TarBytes tar = new TarBytes();
        return switch (random.nextInt(5)) {
            case 0 -> tar.global(key, text).tar();
            case 1 -> tar.longName(text).tar();
            case 2 -> tar.longLink(text).tar();
            case 3 -> tar.extension('x', noise(random.nextInt(100))).tar();
            default -> tar.pax(key, text).tar();
        };
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] flipped(byte[] bytes, int at) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(more);
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    private static byte[] removed(byte[] bytes, int from, int to) {
        return DamagedArchives.concat(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] moved(byte[] bytes, int from, int to, int count) {
        byte[] copy = bytes.clone();
        System.arraycopy(bytes, from, copy, to, Math.min(count, bytes.length - Math.max(from, to)));
        return copy;
    }

    /// Archives to begin with: trees that were really written, and small ones.
    static byte[] written(long seed, Path work) throws IOException {
        Path root = java.nio.file.Files.createDirectories(work.resolve("grown-" + seed));
        dev.jellykeep.agent.fixture.OddTrees.grow(root, seed, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        var _ = TreeArchive.write(root, work, out);
        return out.toByteArray();
    }
}
