package dev.jellykeep.agent.archive;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jellykeep.agent.data.Workspace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// An archive's bytes. The first byte says what the others are: odd, the bytes themselves; even, a tar whose headers
/// get
/// the checksums that they should have, and which is then packed, since no change would get past either.
class ArchiveFuzz {
    @FuzzTest(maxDuration = "10m")
    void archive(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(data, 1, data.length);
        var _ = Place.UNTRUSTED.extract((data[0] & 1) == 1 ? rest : packed(rest));
    }

    /// One for all inputs, since each is looked at a few times faster than its folders are made.
    private static final class Place {
        private static final Untrusted UNTRUSTED = make();

        private static Untrusted make() {
            try {
                Path work = Files.createTempDirectory("jellykeep-fuzz-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(work)));
                return new Untrusted(work);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(Path work) {
            try {
                Workspace.deleteTree(work);
            } catch (IOException e) {
                System.err.println("left behind: " + work + " (" + e + ")");
            }
        }
    }

    private static byte[] packed(byte[] tar) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.NO_COMPRESSION);
            }
        }) {
            gzip.write(withChecksums(tar));
        }
        return out.toByteArray();
    }

    /// Follows the blocks as a reader would.
    private static byte[] withChecksums(byte[] tar) {
        byte[] blocks = Arrays.copyOf(tar, (tar.length + TarBytes.BLOCK - 1) / TarBytes.BLOCK * TarBytes.BLOCK);
        int at = 0;
        while (at < blocks.length) {
            byte[] header = Arrays.copyOfRange(blocks, at, at + TarBytes.BLOCK);
            int content = size(header);
            if (!isZero(header)) {
                System.arraycopy(TarBytes.withChecksum(header), 0, blocks, at, TarBytes.BLOCK);
            }
            at += TarBytes.BLOCK + (content + TarBytes.BLOCK - 1) / TarBytes.BLOCK * TarBytes.BLOCK;
        }
        return blocks;
    }

    private static boolean isZero(byte[] block) {
        return Arrays.equals(block, new byte[TarBytes.BLOCK]);
    }

    private static int size(byte[] header) {
        int size = 0;
        for (int i = 124; i < 136 && header[i] >= '0' && header[i] <= '7' && size < 1 << 20; i++) {
            size = size * 8 + header[i] - '0';
        }
        return size;
    }
}
