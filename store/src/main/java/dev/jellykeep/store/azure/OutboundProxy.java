package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The HTTP proxy on the way out, as `https_proxy`, `http_proxy` and `no_proxy` name it for curl and `az`; each also in
/// capitals.
public final class OutboundProxy {
    private static final String NO_BASIC_IN_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

    private final Map<String, String> environment;

    private OutboundProxy(Map<String, String> environment) {
        this.environment = environment;
    }

    /// What this environment names. Nothing is checked before it is needed.
    ///
    /// Where a password is among it, the JVM's HTTP clients are allowed to send it for a tunnel: whoever
    /// writes one into that variable means it to be sent, as every other tool does. The JDK looks once,
    /// before its first client.
    public static OutboundProxy fromEnvironment(Map<String, String> environment) {
        var proxy = new OutboundProxy(environment);
        if (proxy.get("https_proxy").contains("@") && System.getProperty(NO_BASIC_IN_TUNNELS) == null) {
            System.setProperty(NO_BASIC_IN_TUNNELS, "");
        }
        return proxy;
    }

    /// No proxy but what the JVM was told by properties.
    public static OutboundProxy none() {
        return new OutboundProxy(Map.of());
    }

    /// Sends a client's requests for one URL through the proxy, if there is one for it.
    ///
    /// The JDK's own way to log in there sends a request again by itself, also one that changes something,
    /// and turns refusals into failures: so the caller sets the header with each request. The JDK sends it
    /// to proxies alone.
    ///
    /// @return what `Proxy-Authorization` has to say, if anything
    /// @throws StoreException INVALID if the proxy's address can't be right
    Optional<String> applyTo(HttpClient.Builder client, URI target) {
        return to(target).flatMap(proxy -> {
            var port = proxy.getPort() < 0 ? 80 : proxy.getPort();
            client.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(proxy.getHost(), port)));
            return Optional.ofNullable(proxy.getRawUserInfo()).map(OutboundProxy::basic);
        });
    }

    private static String basic(String userInfo) {
        var login = BlobApi.decode(userInfo).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(login);
    }

    /// The same for the JDK's older client, which doesn't log in there.
    ///
    /// @throws StoreException INVALID if the proxy's address can't be right
    public Proxy via(URI target) {
        return to(target)
                .map(proxy -> new Proxy(
                        Proxy.Type.HTTP,
                        new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())))
                .orElse(Proxy.NO_PROXY);
    }

    /// The proxy's URL; empty where requests go straight.
    ///
    /// @throws StoreException INVALID if the proxy's address can't be right
    Optional<URI> to(URI target) {
        var host = target.getHost().toLowerCase(Locale.ROOT);
        var variable = target.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        var value = get(variable);
        if (value.isEmpty() || ThisMachine.is(host) || exempt(host, portOf(target))) {
            return Optional.empty();
        }
        return Optional.of(parse(variable.toUpperCase(Locale.ROOT), value));
    }

    private static int portOf(URI url) {
        return url.getPort() >= 0 ? url.getPort() : url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private boolean exempt(String host, int port) {
        for (var each : get("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            var name = each.startsWith("*.") ? each.substring(2) : each.startsWith(".") ? each.substring(1) : each;
            if (name.equals("*") || (!name.isEmpty() && matches(name, host, port))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String name, String host, int port) {
        return host.equals(name)
                || host.equals("[" + name + "]")
                || host.endsWith("." + name)
                || (host + ":" + port).equals(name);
    }

    private static URI parse(String variable, String value) {
        try {
            var url = new URI(value.contains("://") ? value : "http://" + value);
            if (url.getHost() != null && "http".equalsIgnoreCase(url.getScheme())) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Told below, without the text: it may hold a password.
        }
        throw new StoreException(
                StoreException.Kind.INVALID,
                variable + " is no address of an HTTP proxy: write it as http://HOST:PORT, or unset it.",
                null);
    }

    private String get(String name) {
        var value = environment.get(name);
        return (value != null ? value : environment.getOrDefault(name.toUpperCase(Locale.ROOT), "")).strip();
    }
}
