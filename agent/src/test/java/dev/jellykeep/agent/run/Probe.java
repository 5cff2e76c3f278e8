package dev.jellykeep.agent.run;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/// Asks an agent's own port.
final class Probe {
    private Probe() {}

    static int status(int port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection(Proxy.NO_PROXY);
        try {
            connection.setReadTimeout(5000);
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
