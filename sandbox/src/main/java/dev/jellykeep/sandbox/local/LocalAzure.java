package dev.jellykeep.sandbox.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.blob.StorageAccount;
import dev.jellykeep.sandbox.certificate.ServerCertificate;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.identity.IdentityEndpoints;
import dev.jellykeep.sandbox.identity.Tokens;
import dev.jellykeep.sandbox.ingress.Ingress;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A local Azure that runs: an emulator of Container Apps, a storage account, identities for replicas, and an ingress.
///
/// ```java
/// try (var azure = LocalAzure.start(LocalOptions.of(folder))) {
///     azure.apps().put(appId, json);
///     azure.apps().assign(principal, StorageAccount.CONTRIBUTOR, azure.storage().id(), Duration.ZERO);
///     azure.storage().create("jellyfin-backups");
///     … azure.ingress().uri("jellyfin") …
/// }
/// ```
///
/// Nothing of it is left after {@link #close}: no process, no port.
public final class LocalAzure implements AutoCloseable {
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final ServerCertificate certificate;
    private final Tokens tokens;
    private final IdentityEndpoints identities;
    private final ContainerApps apps;
    private final StorageAccount storage;
    private final Ingress ingress;

    private LocalAzure(LocalOptions options) {
        var random = new SecureRandom();
        var key = new byte[32];
        random.nextBytes(key);
        var clock = options.emulator().clock();
        var at = options.place().address();
        try {
            certificate = ServerCertificate.create(options.folder(), List.of("localhost"), addresses(at));
            tokens = new Tokens(InstantSource.system(), key);
            identities = new IdentityEndpoints(at, tokens, clock, random);
            ends.push(identities::close);
            var place = options.place().open(new Provision());
            ends.push(place.end());
            apps = ContainerApps.start(
                    options.emulator().withHost(place.host()).withSteering(new Steering(this)::answer));
            ends.push(apps::close);
            storage = StorageAccount.start(
                    options.account(), at, options.blobs(), certificate, tokens, apps::holds, InstantSource.system());
            ends.push(storage::close);
            ingress = Ingress.start(
                    apps,
                    place.addresses(),
                    InetAddress.getLoopbackAddress(),
                    options.ingressPort(),
                    options.ingressLimit());
            ends.push(ingress::close);
            ends.push(Pulse.start(this::beat)::close);
        } catch (RuntimeException e) {
            end(e);
            throw e;
        }
    }

    /// Starts one. Takes some seconds, most of them Azurite's.
    ///
    /// @throws IllegalStateException where Azurite can't run here
    public static LocalAzure start(LocalOptions options) {
        return new LocalAzure(options);
    }

    public ContainerApps apps() {
        return apps;
    }

    public StorageAccount storage() {
        return storage;
    }

    public IdentityEndpoints identities() {
        return identities;
    }

    public Tokens tokens() {
        return tokens;
    }

    public Ingress ingress() {
        return ingress;
    }

    public ServerCertificate certificate() {
        return certificate;
    }

    /// Variables with which a program that is no replica, such as the operator, authenticates as somebody.
    public Map<String, String> signIn(String name, String clientId, String principalId) {
        return trusting(identities.standing(name, new Identity("system", clientId, principalId)));
    }

    /// Where everything is, without secrets.
    ObjectNode describe() {
        var json = Json.object().put("arm", apps.uri().toString());
        json.putObject("storage")
                .put("id", storage.id())
                .put("url", storage.url().toString())
                .put("refusals", storage.refusals());
        json.putObject("ingress")
                .put("outside", ingress.uri().toString())
                .put("inside", ingress.insideUri().toString());
        json.putObject("trusted")
                .put("authority", certificate.authority().toString())
                .put("store", certificate.trustStore().toString());
        return json;
    }

    @Override
    public void close() {
        end(null);
    }

    private void beat() {
        apps.tick();
        identities.look();
    }

    /// Ends everything, the newest first, whatever fails.
    private void end(@org.jspecify.annotations.Nullable RuntimeException because) {
        var first = because;
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (because == null && first != null) {
            throw first;
        }
    }

    private Map<String, String> trusting(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.put("JAVA_TOOL_OPTIONS", String.join(" ", certificate.javaOptions()));
        return all;
    }

    private static List<String> addresses(InetAddress at) {
        Set<String> addresses = new TreeSet<>(List.of("127.0.0.1", at.getHostAddress()));
        return List.copyOf(addresses);
    }

    private final class Provision implements Place.Given {
        @Override
        public Map<String, String> variables(ReplicaOrder order, String container, boolean init) {
            return trusting(identities.variables(order, container, init));
        }

        @Override
        public void gone(String replica) {
            identities.gone(replica);
        }
    }
}
