package dev.jellykeep.sandbox.blob;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.certificate.ServerCertificate;
import dev.jellykeep.sandbox.gateway.Gateway;
import dev.jellykeep.sandbox.gateway.Head;
import dev.jellykeep.sandbox.gateway.Verdict;
import dev.jellykeep.sandbox.identity.Tokens;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A storage account that takes tokens only, and asks for the role of whoever sent one: over HTTPS, before an Azurite
/// that checks neither.
///
/// Wanted are Storage Blob Data Contributor or Owner; to read, Reader is enough. Keys and shared access signatures are
/// refused, as on an account with `allowSharedKeyAccess: false`.
public final class StorageAccount implements AutoCloseable {
    /// Storage Blob Data Contributor.
    public static final String CONTRIBUTOR = Admission.CONTRIBUTOR;

    /// Storage Blob Data Reader.
    public static final String READER = Admission.READER;

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final String id;
    private final Azurite azurite;
    private final ServerCertificate certificate;
    private final Admission.Inspector tokens;
    private final Roles roles;
    private final InstantSource clock;
    private final Gateway gateway;
    private final AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
    private final AtomicLong refusals = new AtomicLong();

    private StorageAccount(
            String id,
            InetAddress at,
            Azurite azurite,
            ServerCertificate certificate,
            Tokens tokens,
            Roles roles,
            InstantSource clock) {
        this.id = id;
        this.azurite = azurite;
        this.certificate = certificate;
        this.tokens = tokens::inspect;
        this.roles = roles;
        this.clock = clock;
        this.gateway = Gateway.open("storage", at, 0, certificate.server(), this::judge);
    }

    /// Whether somebody holds a role somewhere by now.
    @FunctionalInterface
    public interface Roles {
        /// @param role the role definition's guid
        boolean hold(String principalId, String role, String scope);
    }

    /// Starts one.
    ///
    /// @param id the account's resource id, at or above which roles are assigned
    /// @param at where it can be reached
    /// @param certificate for `at` and for 127.0.0.1
    /// @param location where blobs are kept; in memory where null
    /// @param clock of the service's `Date`
    public static StorageAccount start(
            String id,
            InetAddress at,
            @Nullable Path location,
            ServerCertificate certificate,
            Tokens tokens,
            Roles roles,
            InstantSource clock) {
        var azurite = Azurite.startSecure(location, certificate);
        try {
            return new StorageAccount(id, at, azurite, certificate, tokens, roles, clock);
        } catch (RuntimeException e) {
            azurite.close();
            throw e;
        }
    }

    /// The account's resource id.
    public String id() {
        return id;
    }

    /// The resource id of a container.
    public String container(String name) {
        return id + "/blobServices/default/containers/" + name;
    }

    /// The account's URL, without a slash at its end.
    public URI url() {
        var address = gateway.address();
        return URI.create(
                "https://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/" + azurite.account());
    }

    /// Makes a container, as its owner: no token, no role, no outage.
    public void create(String container) {
        azurite.newContainer(container);
    }

    /// Puts a blob, as its owner.
    public void put(String container, String name, byte[] content) {
        azurite.put(container, name, content);
    }

    /// For the owner, who may see and change everything behind the account's back; never for an agent.
    public String ownersConnectionString() {
        return azurite.connectionString();
    }

    /// How it fails from now on. Connections that are open are closed by {@link Outage#REFUSED} only.
    public void outage(Outage how) {
        outage.set(how);
        if (how == Outage.REFUSED) {
            gateway.refuse();
        } else {
            gateway.listen();
        }
    }

    /// How many requests were refused for want of authentication or of a role.
    public long refusals() {
        return refusals.get();
    }

    @Override
    public void close() {
        outage.set(Outage.NONE);
        gateway.close();
        azurite.close();
    }

    private Verdict judge(Head request, BooleanSupplier gone) throws InterruptedException {
        while (outage.get() == Outage.HANGING) {
            if (gone.getAsBoolean()) {
                return new Verdict.Drop();
            }
            Thread.sleep(GLANCE);
        }
        var asked = BlobRequest.of(
                request.method(), request.target(), request.value("Authorization"), request.value("x-ms-version"));
        if (outage.get() == Outage.BUSY) {
            return error(StorageError.BUSY, "", asked);
        }
        return switch (Admission.of(asked, id, tokens, roles)) {
            case Admission.Refused(var why, var detail) -> {
                refusals.incrementAndGet();
                yield error(why, detail, asked);
            }
            case Admission.Admitted _ ->
                new Verdict.Forward(
                        request,
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), azurite.port()),
                        certificate.client(),
                        Duration.ZERO,
                        error(StorageError.BUSY, "", asked),
                        error(StorageError.BUSY, "", asked),
                        () -> {});
        };
    }

    private Verdict.Answer error(StorageError error, String detail, BlobRequest request) {
        Instant now = clock.instant();
        return error.answer(detail, request.version(), UUID.randomUUID().toString(), now);
    }
}
