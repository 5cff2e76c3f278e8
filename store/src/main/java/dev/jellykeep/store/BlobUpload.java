package dev.jellykeep.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/// One upload: a stream whose bytes become visible only by {@link #commit}. Memory is bounded by a small number of
/// blocks.
/// `close()` without a commit abandons the upload and leaves nothing visible; it never commits.
public abstract class BlobUpload extends OutputStream {

    /// Makes the bytes written so far the blob, if its name is free, with `metadata` set by the same operation, then
    /// compares the service's block list and length with what was sent.
    ///
    /// @throws StoreException MISMATCH if the service holds something else than what was sent
    public abstract UploadOutcome commit(Map<String, String> metadata);

    /// Bytes written so far.
    public abstract long written();

    @Override
    public abstract void close() throws IOException;
}
