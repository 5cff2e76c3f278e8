package dev.jellykeep.store;

import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One folder of one blob container: all that Jellykeep needs of a blob service.
///
/// Names are relative to the configured prefix, separated by `/`, never empty, never with a leading `/`.
/// Every method blocks, may be called from any thread, retries transient faults itself within the deadline that the
/// store was made with, and fails with a {@link StoreException} that says what, on what and what to do.
public interface BlobStore extends AutoCloseable {

    /// Reads a small blob whole (documents, reports; at most {@link #SMALL} bytes). A larger one comes without its
    /// content: somebody else wrote it.
    ///
    /// @return empty if there is no such blob
    Optional<StoredBlob> read(String name);

    /// Like {@link #read}, but answers {@link ConditionalRead.Unchanged} without a body while the blob still has
    /// `etag`.
    ConditionalRead readIfChanged(String name, String etag);

    /// Properties and metadata without the body; empty if there is no such blob.
    Optional<BlobFacts> facts(String name);

    /// Every committed blob whose name starts with `namePrefix` (`""`: all), with metadata, in ascending order of name.
    /// Pages are fetched as they are consumed. Uncommitted uploads never appear.
    void list(String namePrefix, Consumer<BlobFacts> each);

    /// Opens a blob's bytes from `offset` (0-based) for `length` bytes (fewer at the end of the blob).
    /// A connection lost on the way is taken up again at the byte reached, for the same ETag only.
    ///
    /// @throws StoreException NOT_FOUND if there is no such blob, CHANGED if it was replaced while being read
    InputStream open(String name, long offset, long length);

    /// Creates a small blob if the name is free. A lost reply is looked up: same bytes under the name count as created.
    PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata);

    /// Replaces a small blob only while it still has `etag`. A lost reply is **not** resolved here: it is answered with
    /// {@link SwapOutcome.Unknown}, and the caller reads again and looks.
    SwapOutcome compareAndSwap(String name, byte[] content, String etag);

    /// Writes a small blob whatever was there.
    ///
    /// @return the ETag of what was written
    String put(String name, byte[] content, Map<String, String> metadata);

    /// Deletes a blob. Idempotent: a name that is not there is {@link DeleteOutcome#ABSENT}.
    DeleteOutcome delete(String name);

    /// Starts an upload under a name that must be free at commit. Nothing is visible before {@link BlobUpload#commit}.
    BlobUpload begin(String name, int blockBytes);

    /// The service's clock, from the `Date` of a reply.
    Instant serviceTime();

    /// When the credential stops working, as far as it says so itself (a SAS does).
    default Optional<Instant> credentialExpiry() {
        return Optional.empty();
    }

    /// Where this is, for messages: account, container and prefix, or folder. Never a secret.
    String describe();

    @Override
    void close();

    /// Largest blob whose content {@link #read} returns, in bytes.
    int SMALL = 8 * 1024 * 1024;
}
