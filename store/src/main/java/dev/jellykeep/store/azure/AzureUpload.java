package dev.jellykeep.store.azure;

import dev.jellykeep.store.BlobRules;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.UploadOutcome;
import dev.jellykeep.store.azure.RemoteBlob.Condition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Blocks staged while they are written, committed by one Put Block List that needs the name to be free.
final class AzureUpload extends BlobUpload {
    private static final int MOST_BLOCKS = 50_000;

    private final String name;
    private final RemoteBlob blob;
    private final int blockBytes;
    private final Retry retry;
    private final Sentences sentences;
    private final BlockIds ids;
    private final Supplier<Duration> patience;
    private final Staging staging;
    /// What was staged, in order.
    private final List<Block> sent = new ArrayList<>();
    private byte @Nullable [] current;
    private int filled;
    private long written;
    private boolean over;

    AzureUpload(
            String name,
            RemoteBlob blob,
            int blockBytes,
            StoreOptions options,
            Retry retry,
            Sentences sentences,
            RandomGenerator random) {
        if (blockBytes < 1) {
            throw sentences.of(Kind.INVALID, "upload " + name, "a block has at least 1 byte", null);
        }
        this.name = name;
        this.blob = blob;
        this.blockBytes = blockBytes;
        this.retry = retry;
        this.sentences = sentences;
        this.ids = new BlockIds(random);
        this.patience = options::patience;
        this.staging = new Staging(options.parallelBlocks(), blockBytes, this::stage);
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireOpen();
        var from = offset;
        for (var left = length; left > 0; ) {
            var buffer = current == null ? staging.buffer() : current;
            current = buffer;
            var count = Math.min(left, blockBytes - filled);
            System.arraycopy(bytes, from, buffer, filled, count);
            filled += count;
            written += count;
            from += count;
            left -= count;
            if (filled == blockBytes) {
                send(buffer);
            }
        }
    }

    @Override
    public UploadOutcome commit(Map<String, String> metadata) {
        requireOpen();
        BlobRules.metadata(metadata);
        if (current != null) {
            send(current);
        }
        staging.await();
        over = true;
        return retry.run("commit " + name, earlierMayHaveHappened -> {
            try {
                blob.putBlockList(sent, metadata, Condition.ABSENT);
                return look(metadata, true);
            } catch (RuntimeException e) {
                var refused = RefusedException.in(e);
                // After a commit whose reply was lost the blocks are no longer there to be committed again.
                if (AzureBlobStore.nameTaken(refused) || (earlierMayHaveHappened && refused.status() == 400)) {
                    return look(metadata, false);
                }
                throw e;
            }
        });
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() {
        over = true;
        staging.abandon();
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("the upload of " + name + " is over");
        }
        staging.throwFailure();
    }

    private void send(byte[] buffer) {
        if (sent.size() == MOST_BLOCKS) {
            throw sentences.of(
                    Kind.INVALID,
                    "upload " + name,
                    "it has more than " + MOST_BLOCKS + " blocks; use larger ones",
                    null);
        }
        var id = ids.id(sent.size());
        sent.add(new Block(id, filled));
        staging.submit(id, buffer, filled);
        current = null;
        filled = 0;
    }

    private void stage(String id, byte[] buffer, int length) {
        retry.run("upload " + name, staging::lastProgress, _ -> {
            if (staging.abandoned()) {
                throw sentences.of(Kind.UNREACHABLE, "upload " + name, "it was abandoned", null);
            }
            var time = patience.get().plusSeconds(length / Transport.SLOWEST_BYTES_PER_SECOND);
            return blob.putBlock(id, buffer, length, time);
        });
    }

    /// Compares what the service holds under the name with what was sent.
    private UploadOutcome look(Map<String, String> metadata, boolean committed) {
        return retry.run("check the commit of " + name, _ -> {
            var reply = blob.blockList();
            var held = Block.committed(reply);
            if (!committed && !ours(held, metadata)) {
                return new UploadOutcome.AlreadyExists();
            }
            var length = reply.headers().firstValue("x-ms-blob-content-length").orElse("no");
            if (!held.equals(sent) || !Long.toString(written).equals(length)) {
                throw sentences.of(
                        Kind.MISMATCH,
                        "trust the upload of " + name,
                        "the service holds " + held.size() + " blocks and " + length + " bytes where " + sent.size()
                                + " blocks and " + written + " bytes were sent; delete that blob and back up again",
                        null);
            }
            return new UploadOutcome.Committed(reply.etag(), written);
        });
    }

    /// Whether an earlier try of this commit, whose reply was lost, made this blob. Without blocks only the metadata
    /// can tell.
    private boolean ours(List<Block> there, Map<String, String> metadata) {
        return sent.isEmpty()
                ? there.isEmpty() && metadata.equals(blob.properties().metadata())
                : !there.isEmpty() && ids.areOurs(there.getFirst().id());
    }
}
