package dev.jellykeep.store.azure;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Block ids of one upload: 15 random bytes, then the block's number in 3, as 24 characters of Base64.
///
/// Azure wants one length for all ids under a name, and blocks of an upload that died stay under the name for a week:
/// this length must not change in a later version.
final class BlockIds {
    private static final int RANDOM_BYTES = 15;
    private static final int RANDOM_CHARS = 20;

    private final byte[] uploadId = new byte[RANDOM_BYTES];

    BlockIds(RandomGenerator random) {
        random.nextBytes(uploadId);
    }

    String id(int number) {
        var bytes = Arrays.copyOf(uploadId, RANDOM_BYTES + 3);
        System.arraycopy(ByteBuffer.allocate(4).putInt(number).array(), 1, bytes, RANDOM_BYTES, 3);
        return Base64.getEncoder().encodeToString(bytes);
    }

    boolean areOurs(String id) {
        return id.length() == RANDOM_CHARS + 4 && id.startsWith(id(0).substring(0, RANDOM_CHARS));
    }
}
