package dev.jellykeep.store.folder;

import dev.jellykeep.store.BlobRules;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.UploadOutcome;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/// An upload to a draft; the commit is the draft's publication.
final class FolderUpload extends BlobUpload {
    private final String name;
    private final Folder folder;
    private final Draft draft;
    private long written;
    private boolean broken;
    private boolean over;

    FolderUpload(String name, Folder folder, Draft draft) {
        this.name = name;
        this.folder = folder;
        this.draft = draft;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requireOpen();
        broken = true;
        folder.trying("upload " + name, () -> {
            draft.write(bytes, offset, length);
            return length;
        });
        broken = false;
        written += length;
    }

    @Override
    public UploadOutcome commit(Map<String, String> metadata) {
        requireOpen();
        BlobRules.metadata(metadata);
        over = true;
        return folder.trying("commit " + name, () -> {
            var etag = draft.publishIfAbsent(metadata);
            if (etag.isEmpty()) {
                return new UploadOutcome.AlreadyExists();
            }
            var length = folder.facts(name).map(facts -> facts.length()).orElse(-1L);
            if (length != written) {
                throw folder.error(
                        Kind.MISMATCH,
                        "trust the upload of " + name,
                        "the file has " + length + " bytes where " + written
                                + " were written; delete it and back up again",
                        null);
            }
            return new UploadOutcome.Committed(etag.get(), written);
        });
    }

    @Override
    public long written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        over = true;
        draft.close();
    }

    private void requireOpen() {
        if (over || broken) {
            throw new IllegalStateException("the upload of " + name + (over ? " is over" : " has failed"));
        }
    }
}
