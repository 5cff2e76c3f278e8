package dev.jellykeep.sandbox.replicas.probe;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Looks once, from outside the replica. Certificates aren't checked, as probes don't.
public final class Prober {
    private Prober() {}

    /// What is wrong; empty where nothing is.
    ///
    /// @param at the container's port, as this machine reaches it
    public static Optional<String> look(Probe probe, InetSocketAddress at) {
        var millis = (int) probe.timeout().toMillis();
        try {
            return switch (probe.check()) {
                case Probe.Check.Tcp _ -> connect(at, millis);
                case Probe.Check.Http http -> get(http, at, probe.timeout());
            };
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of(what(probe.check()) + ": " + e.getMessage());
        }
    }

    private static String what(Probe.Check check) {
        return switch (check) {
            case Probe.Check.Tcp tcp -> "dial tcp port " + tcp.port();
            case Probe.Check.Http http -> "Get \"" + http.scheme() + "://:" + http.port() + http.path() + "\"";
        };
    }

    private static Optional<String> connect(InetSocketAddress at, int millis) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(at, millis);
            return Optional.empty();
        }
    }

    private static Optional<String> get(Probe.Check.Http http, InetSocketAddress at, Duration timeout)
            throws IOException, GeneralSecurityException {
        var uri = URI.create(http.scheme() + "://" + at.getHostString() + ":" + at.getPort() + http.path());
        var connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure) {
            secure.setSSLSocketFactory(trusting().getSocketFactory());
            secure.setHostnameVerifier((_, _) -> true);
        }
        connection.setConnectTimeout((int) timeout.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        http.headers().forEach(connection::setRequestProperty);
        try {
            var status = connection.getResponseCode();
            return status >= 200 && status < 400
                    ? Optional.empty()
                    : Optional.of("HTTP probe failed with statuscode: " + status);
        } finally {
            connection.disconnect();
        }
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everybody()}, null);
        return context;
    }

    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
