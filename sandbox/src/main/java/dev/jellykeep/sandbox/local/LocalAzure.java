package dev.jellykeep.sandbox.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.blob.StorageAccount;
import dev.jellykeep.sandbox.certificate.ServerCertificate;
import dev.jellykeep.sandbox.containerapps.ContainerApps;
import dev.jellykeep.sandbox.containerapps.Pulse;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.identity.IdentityEndpoints;
import dev.jellykeep.sandbox.identity.Tokens;
import dev.jellykeep.sandbox.ingress.Ingress;
import dev.jellykeep.sandbox.replicas.Surroundings;
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
import org.jspecify.annotations.Nullable;

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
        try {
            var site = options.site().get();
            ends.push(site::close);
            var at = site.address();
            certificate = ServerCertificate.create(options.folder(), List.of("localhost"), addresses(at));
            tokens = new Tokens(InstantSource.system(), key);
            identities = new IdentityEndpoints(at, tokens, clock, random);
            ends.push(identities::close);
            var running = site.open(new Provision(), options.folder().resolve(ServerCertificate.TRUSTED));
            ends.push(running.end());
            apps = ContainerApps.start(
                    options.emulator().withHost(running.host()).withSteering(new Steering(this)::answer));
            ends.push(apps::close);
            storage = StorageAccount.start(
                    options.account(), at, options.blobs(), certificate, tokens, apps::holds, InstantSource.system());
            ends.push(storage::close);
            ingress = Ingress.start(apps, running.addresses(), at, options.ingressPort(), options.ingressLimit());
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
    private void end(@Nullable RuntimeException because) {
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

    private final class Provision implements Surroundings {
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
