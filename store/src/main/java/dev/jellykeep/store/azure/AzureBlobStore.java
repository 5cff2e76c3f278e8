package dev.jellykeep.store.azure;

import com.azure.core.http.HttpHeaders;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobRules;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.ConditionalRead;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.SwapOutcome;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A folder of a container in Azure Blob Storage.
public final class AzureBlobStore implements BlobStore {
    /// Accounts with a hierarchical namespace list their directories as empty blobs.
    private static final String DIRECTORY = "hdi_isfolder";

    private static final int PAGE = 5000;

    private final Connection connection;
    private final String prefix;
    private final Sentences sentences;
    private final Retry retry;
    private final StoreOptions options;
    private final RandomGenerator random;
    private final Account account;
    private final int page;
    private final InstantSource clock;

    private AzureBlobStore(
            AzureLocation location,
            Credential credential,
            StoreOptions options,
            InstantSource clock,
            RandomGenerator random,
            int page) {
        this.account = Account.of(location, credential);
        this.connection = new Connection(account, location, credential, options, clock);
        this.prefix = location.namePrefix();
        this.sentences = new Sentences(account, location, credential, connection::principal);
        this.retry = new Retry(options, random, sentences);
        this.options = options;
        this.random = random;
        this.page = page;
        this.clock = clock;
    }

    /// Makes a store. Nothing is asked of Azure before the first call.
    ///
    /// @throws StoreException INVALID if the settings can't be right
    public static AzureBlobStore open(AzureLocation location, Credential credential, StoreOptions options) {
        return open(location, credential, options, InstantSource.system(), new SecureRandom(), PAGE);
    }

    static AzureBlobStore open(
            AzureLocation location,
            Credential credential,
            StoreOptions options,
            InstantSource clock,
            RandomGenerator random,
            int page) {
        return new AzureBlobStore(location, credential, options, clock, random, page);
    }

    @Override
    public Optional<StoredBlob> read(String name) {
        var blob = client(name);
        return retry.run("read " + name, _ -> {
            try {
                return Optional.of(stored(name, Download.small(blob, null)));
            } catch (RuntimeException e) {
                return absentOrThrow(e);
            }
        });
    }

    @Override
    public ConditionalRead readIfChanged(String name, String etag) {
        var blob = client(name);
        var conditions = new BlobRequestConditions().setIfNoneMatch(etag);
        return retry.run("read " + name, _ -> {
            try {
                return new ConditionalRead.Changed(stored(name, Download.small(blob, conditions)));
            } catch (RuntimeException e) {
                var refused = RefusedException.in(e);
                if (refused.status() == 304) {
                    return new ConditionalRead.Unchanged(refused.date());
                }
                absentOrThrow(e);
                return new ConditionalRead.Absent();
            }
        });
    }

    @Override
    public Optional<BlobFacts> facts(String name) {
        var blob = client(name);
        return retry.run("look at " + name, _ -> {
            try {
                var properties =
                        blob.getPropertiesWithResponse(null, null, Context.NONE).getValue();
                var metadata = lowerCase(properties.getMetadata());
                return metadata.containsKey(DIRECTORY)
                        ? Optional.empty()
                        : Optional.of(new BlobFacts(
                                name,
                                properties.getBlobSize(),
                                properties.getETag(),
                                properties.getLastModified().toInstant(),
                                metadata));
            } catch (RuntimeException e) {
                return absentOrThrow(e);
            }
        });
    }

    @Override
    public void list(String namePrefix, Consumer<BlobFacts> each) {
        String continuation = null;
        do {
            var reply = listPage(prefix + namePrefix, page, continuation);
            for (var item : reply.getValue()) {
                var metadata = lowerCase(item.getMetadata());
                if (!metadata.containsKey(DIRECTORY)) {
                    each.accept(listed(item, metadata));
                }
            }
            continuation = reply.getContinuationToken();
        } while (continuation != null && !continuation.isEmpty());
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw sentences.of(Kind.INVALID, "read " + name, "offset and length can't be negative", null);
        }
        var blob = client(name);
        return ChunkedDownload.open(
                offset,
                length,
                (from, size, etag) -> retry.run("read " + name, _ -> Download.range(blob, from, size, etag)));
    }

    @Override
    public PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata) {
        var blob = client(name);
        BlobRules.metadata(metadata);
        var absent = new BlobRequestConditions().setIfNoneMatch("*");
        return retry.run("create " + name, earlierMayHaveHappened -> {
            try {
                return new PutOutcome.Created(put(blob, content, metadata, absent));
            } catch (RuntimeException e) {
                if (!nameTaken(RefusedException.in(e))) {
                    throw e;
                }
                return earlierMayHaveHappened ? lookUp(name, content) : new PutOutcome.AlreadyExists();
            }
        });
    }

    @Override
    public SwapOutcome compareAndSwap(String name, byte[] content, String etag) {
        var blob = client(name);
        var same = new BlobRequestConditions().setIfMatch(etag);
        return retry.run("replace " + name, _ -> {
            try {
                return new SwapOutcome.Swapped(put(blob, content, Map.of(), same));
            } catch (RuntimeException e) {
                var fault = Fault.of(e);
                if (fault.mayHaveHappened() && !(fault instanceof Fault.Interrupted)) {
                    return new SwapOutcome.Unknown(fault.words());
                }
                if (fault instanceof Fault.Refused refused
                        && (refused.conditionFailed() || refused.code().equals("BlobNotFound"))) {
                    return new SwapOutcome.Conflict();
                }
                throw e;
            }
        });
    }

    @Override
    public String put(String name, byte[] content, Map<String, String> metadata) {
        var blob = client(name);
        BlobRules.metadata(metadata);
        return retry.run("write " + name, _ -> put(blob, content, metadata, null));
    }

    @Override
    public DeleteOutcome delete(String name) {
        var blob = client(name);
        return retry.run("delete " + name, earlierMayHaveHappened -> {
            try {
                blob.deleteWithResponse(null, null, null, Context.NONE);
                return DeleteOutcome.DELETED;
            } catch (RuntimeException e) {
                return switch (RefusedException.in(e).code()) {
                    case "BlobNotFound" -> earlierMayHaveHappened ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
                    case "BlobImmutableDueToPolicy" -> DeleteOutcome.KEPT_BY_POLICY;
                    default -> throw e;
                };
            }
        });
    }

    @Override
    public BlobUpload begin(String name, int blockBytes) {
        return new AzureUpload(name, client(name), blockBytes, options, retry, sentences, random);
    }

    @Override
    public Instant serviceTime() {
        return date(listPage(prefix, 1, null).getHeaders());
    }

    @Override
    public Optional<Instant> credentialExpiry() {
        return SasExpiry.of(account.sas());
    }

    @Override
    public String describe() {
        return sentences.where();
    }

    @Override
    public void close() {
        connection.close();
    }

    private BlockBlobClient client(String name) {
        return connection
                .container()
                .getBlobClient(prefix + BlobRules.name(name))
                .getBlockBlobClient();
    }

    private PagedResponse<BlobItem> listPage(String start, int size, @Nullable String continuation) {
        var options = new ListBlobsOptions()
                .setDetails(new BlobListDetails().setRetrieveMetadata(true))
                .setMaxResultsPerPage(size);
        if (!start.isEmpty()) {
            options.setPrefix(start);
        }
        return retry.run(
                "list blobs",
                _ -> connection
                        .container()
                        .listBlobs(options, continuation, null)
                        .iterableByPage()
                        .iterator()
                        .next());
    }

    private BlobFacts listed(BlobItem item, Map<String, String> metadata) {
        var properties = item.getProperties();
        return new BlobFacts(
                item.getName().substring(prefix.length()),
                properties.getContentLength(),
                properties.getETag(),
                properties.getLastModified().toInstant(),
                metadata);
    }

    private static String put(
            BlockBlobClient blob,
            byte[] content,
            Map<String, String> metadata,
            @Nullable BlobRequestConditions conditions) {
        var options = new BlockBlobSimpleUploadOptions(BinaryData.fromBytes(content)).setMetadata(metadata);
        if (conditions != null) {
            options.setRequestConditions(conditions);
        }
        return blob.uploadWithResponse(options, null, Context.NONE).getValue().getETag();
    }

    private PutOutcome lookUp(String name, byte[] content) {
        return read(name)
                .filter(there -> Arrays.equals(there.content(), content))
                .<PutOutcome>map(there -> new PutOutcome.Created(there.etag()))
                .orElseGet(PutOutcome.AlreadyExists::new);
    }

    private StoredBlob stored(String name, Download reply) {
        var content = reply.bytes();
        if (content.length > SMALL) {
            throw sentences.of(Kind.INVALID, "read " + name, "it has more than " + SMALL + " bytes", null);
        }
        var headers = reply.blob();
        return new StoredBlob(
                content,
                headers.getETag(),
                date(reply.headers()),
                headers.getLastModified().toInstant(),
                lowerCase(headers.getMetadata()));
    }

    private static <T> Optional<T> absentOrThrow(RuntimeException e) {
        var refused = RefusedException.in(e);
        if (refused.status() == 404 && !refused.code().startsWith("Container")) {
            return Optional.empty();
        }
        throw e;
    }

    static boolean nameTaken(RefusedException e) {
        return e.fault().conditionFailed()
                || e.code().equals("BlobAlreadyExists")
                || e.code().equals("BlobImmutableDueToPolicy");
    }

    private Instant date(HttpHeaders headers) {
        return Refusals.date(headers, clock);
    }

    private static Map<String, String> lowerCase(@Nullable Map<String, String> metadata) {
        var lower = new HashMap<String, String>();
        if (metadata != null) {
            metadata.forEach((key, value) -> lower.put(key.toLowerCase(Locale.ROOT), value));
        }
        return lower;
    }
}
