package dev.jellykeep.store.azure;

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
import dev.jellykeep.store.azure.RemoteBlob.Condition;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A folder of a container in Azure Blob Storage.
public final class AzureBlobStore implements BlobStore {
    /// Accounts with a hierarchical namespace list their directories as empty blobs.
    private static final String DIRECTORY = "hdi_isfolder";

    private final BlobApi api;
    private final String prefix;
    private final Sentences sentences;
    private final Retry retry;
    private final StoreOptions options;
    private final RandomGenerator random;
    private final Account account;
    private final int page;
    private final InstantSource clock;
    private final Runnable end;

    /// @param end what closing it does
    AzureBlobStore(AzureStores stores, AzureLocation location, RandomGenerator random, int page, Runnable end) {
        this.account = stores.account(location);
        this.api = stores.api(account, location);
        this.prefix = location.namePrefix();
        this.sentences = stores.sentences(account, location);
        this.options = stores.options();
        this.retry = new Retry(options, random, sentences);
        this.random = random;
        this.page = page;
        this.clock = stores.clock();
        this.end = end;
    }

    /// Makes a store that shares nothing. Nothing is asked of Azure before the first call.
    ///
    /// @throws StoreException INVALID if the settings can't be right
    public static AzureBlobStore open(
            AzureLocation location, Credential credential, OutboundProxy proxy, StoreOptions options) {
        return alone(AzureStores.of(credential, proxy, options), location, new SecureRandom(), AzureStores.PAGE);
    }

    /// Loads what a store's first request needs, and asks nobody.
    public static void prepare() {
        Transport.prepare();
        ServiceXml.prepare();
    }

    static AzureBlobStore open(AzureLocation location, Credential credential, StoreOptions options) {
        return open(location, credential, OutboundProxy.none(), options);
    }

    static AzureBlobStore open(
            AzureLocation location,
            Credential credential,
            StoreOptions options,
            InstantSource clock,
            RandomGenerator random,
            int page) {
        return alone(new AzureStores(credential, OutboundProxy.none(), options, clock), location, random, page);
    }

    private static AzureBlobStore alone(AzureStores stores, AzureLocation location, RandomGenerator random, int page) {
        return new AzureBlobStore(stores, location, random, page, stores::close);
    }

    @Override
    public Optional<StoredBlob> read(String name) {
        var blob = blob(name);
        return retry.run("read " + name, _ -> {
            try {
                return Optional.of(stored(Download.small(blob, null)));
            } catch (RuntimeException e) {
                return absentOrThrow(e);
            }
        });
    }

    @Override
    public ConditionalRead readIfChanged(String name, String etag) {
        var blob = blob(name);
        return retry.run("read " + name, _ -> {
            try {
                return new ConditionalRead.Changed(stored(Download.small(blob, Condition.other(etag))));
            } catch (RuntimeException e) {
                var refused = RefusedException.in(e);
                if (refused.status() == 304 && !refused.code().equals(Refusals.NOT_A_BLOB_SERVICE)) {
                    return new ConditionalRead.Unchanged(refused.date());
                }
                absentOrThrow(e);
                return new ConditionalRead.Absent();
            }
        });
    }

    @Override
    public Optional<BlobFacts> facts(String name) {
        var blob = blob(name);
        return retry.run("look at " + name, _ -> {
            try {
                var reply = blob.properties();
                var metadata = reply.metadata();
                return metadata.containsKey(DIRECTORY)
                        ? Optional.empty()
                        : Optional.of(
                                new BlobFacts(name, reply.length(), reply.etag(), reply.lastModified(), metadata));
            } catch (RuntimeException e) {
                return absentOrThrow(e);
            }
        });
    }

    @Override
    public void list(String namePrefix, Consumer<BlobFacts> each) {
        String marker = null;
        do {
            var reply = listPage(prefix + namePrefix, page, marker);
            for (var entry : reply.entries()) {
                if (!entry.metadata().containsKey(DIRECTORY)) {
                    each.accept(entry.facts(prefix));
                }
            }
            marker = reply.next();
        } while (!marker.isEmpty());
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        if (offset < 0 || length < 0) {
            throw sentences.of(Kind.INVALID, "read " + name, "offset and length can't be negative", null);
        }
        var blob = blob(name);
        return ChunkedDownload.open(
                offset,
                length,
                (from, size, etag) -> retry.run("read " + name, _ -> Download.range(blob, from, size, etag)));
    }

    @Override
    public PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata) {
        var blob = blob(name);
        BlobRules.metadata(metadata);
        return retry.run("create " + name, earlierMayHaveHappened -> {
            try {
                return new PutOutcome.Created(blob.put(content, metadata, Condition.ABSENT));
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
        var blob = blob(name);
        return retry.run("replace " + name, _ -> {
            try {
                return new SwapOutcome.Swapped(blob.put(content, Map.of(), Condition.same(etag)));
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
        var blob = blob(name);
        BlobRules.metadata(metadata);
        return retry.run("write " + name, _ -> blob.put(content, metadata, null));
    }

    @Override
    public DeleteOutcome delete(String name) {
        var blob = blob(name);
        return retry.run("delete " + name, earlierMayHaveHappened -> {
            try {
                blob.delete();
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
        return new AzureUpload(name, blob(name), blockBytes, options, retry, sentences, random);
    }

    @Override
    public Instant serviceTime() {
        return Refusals.date(listPage(prefix, 1, null).headers(), clock);
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
        end.run();
    }

    private RemoteBlob blob(String name) {
        return api.blob(prefix + BlobRules.name(name));
    }

    private BlobPage listPage(String start, int size, @Nullable String marker) {
        return retry.run("list blobs", _ -> api.list(start, size, marker));
    }

    private PutOutcome lookUp(String name, byte[] content) {
        return read(name)
                .filter(there -> !there.oversized() && Arrays.equals(there.content(), content))
                .<PutOutcome>map(there -> new PutOutcome.Created(there.etag()))
                .orElseGet(PutOutcome.AlreadyExists::new);
    }

    private StoredBlob stored(Reply reply) {
        var date = Refusals.date(reply.headers(), clock);
        return reply.body().length > SMALL
                ? StoredBlob.oversized(reply.etag(), date, reply.lastModified(), reply.metadata())
                : new StoredBlob(reply.body(), reply.etag(), date, reply.lastModified(), reply.metadata());
    }

    private static <T> Optional<T> absentOrThrow(RuntimeException e) {
        var refused = RefusedException.in(e);
        if (refused.status() == 404
                && !refused.code().startsWith("Container")
                && !refused.code().equals(Refusals.NOT_A_BLOB_SERVICE)) {
            return Optional.empty();
        }
        throw e;
    }

    static boolean nameTaken(RefusedException e) {
        return e.fault().conditionFailed()
                || e.code().equals("BlobAlreadyExists")
                || e.code().equals("BlobImmutableDueToPolicy");
    }
}
