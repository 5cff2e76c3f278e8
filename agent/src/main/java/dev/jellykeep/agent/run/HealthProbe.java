package dev.jellykeep.agent.run;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.settings.AppHealth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Asks the app whether it is healthy. The body counts, not the status: while it starts, Jellyfin's setup
/// server answers 200 `Degraded`.
public final class HealthProbe implements AppProbe {
    /// What one question came to.
    public enum Answer {
        HEALTHY,
        /// It answers, but not as a healthy server does.
        NOT_HEALTHY,
        /// Nobody listens: the app isn't there (yet, or any more).
        REFUSED,
        /// No answer could be had.
        SILENT
    }

    private static final int TIMEOUT_MS = 3000;
    private static final int LONGEST_BODY = 200;
    private static final int LONGEST_INFO = 64 * 1024;
    private static final String HEALTH = "/health";
    private static final int DEFAULT_PORT = 8096;

    private final AppHealth health;
    private final DataRoot root;
    private volatile @Nullable String told;
    private volatile @Nullable URI answered;

    public HealthProbe(AppHealth health, DataRoot root) {
        this.health = health;
        this.root = root;
    }

    @Override
    public boolean canAsk() {
        return !(health instanceof AppHealth.NotChecked);
    }

    @Override
    public Answer ask() {
        return switch (health) {
            case AppHealth.NotChecked() -> Answer.HEALTHY;
            case AppHealth.At(URI url) -> ask(url);
            case AppHealth.FromNetworkConfig() -> askConfigured();
        };
    }

    /// A port that was changed counts from the server's next start on, and a file that can't be read tells none: where
    /// it has answered before, it still is.
    private Answer askConfigured() {
        URI configured = fromNetworkConfig(root.configDir().resolve("network.xml"));
        URI before = answered;
        Answer answer = ask(configured);
        if (answer == Answer.HEALTHY) {
            answered = configured;
        } else if (answer == Answer.REFUSED && before != null && !before.equals(configured)) {
            return ask(before);
        }
        return answer;
    }

    @Override
    public Optional<String> toldVersion() {
        return Optional.ofNullable(told);
    }

    @Override
    public Optional<String> askVersion() {
        URI url = switch (health) {
            case AppHealth.NotChecked() -> null;
            case AppHealth.At(URI at) -> at;
            case AppHealth.FromNetworkConfig() ->
                fromNetworkConfig(root.configDir().resolve("network.xml"));
        };
        if (url == null || !url.getPath().endsWith(HEALTH)) {
            return Optional.empty();
        }
        String base = url.toString();
        URI info = URI.create(base.substring(0, base.lastIndexOf(HEALTH)) + "/System/Info/Public");
        try {
            HttpURLConnection connection = (HttpURLConnection) info.toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setInstanceFollowRedirects(false);
            try (InputStream body = connection.getInputStream()) {
                String version = JsonObject.parse(body.readNBytes(LONGEST_INFO), "System/Info/Public")
                        .optText("Version");
                told = version != null && version.matches("[0-9A-Za-z.+-]{1,40}") ? version : told;
                return toldVersion();
            } finally {
                connection.disconnect();
            }
        } catch (IOException | JsonFormatException e) {
            return Optional.empty();
        }
    }

    private static Answer ask(URI url) {
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setInstanceFollowRedirects(false);
            try {
                int status = connection.getResponseCode();
                if (status != HttpURLConnection.HTTP_OK) {
                    return Answer.NOT_HEALTHY;
                }
                try (InputStream body = connection.getInputStream()) {
                    String text = new String(body.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
                    return text.strip().equals("Healthy") ? Answer.HEALTHY : Answer.NOT_HEALTHY;
                }
            } finally {
                connection.disconnect();
            }
        } catch (ConnectException e) {
            return Answer.REFUSED;
        } catch (IOException e) {
            return Answer.SILENT;
        }
    }

    /// Jellyfin's own port and base path. Source: Jellyfin's `NetworkConfiguration`.
    static URI fromNetworkConfig(Path file) {
        int port = DEFAULT_PORT;
        String base = "";
        try {
            if (Files.isRegularFile(file)) {
                XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
                factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
                XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(Files.readAllBytes(file)));
                while (xml.hasNext()) {
                    if (xml.next() != XMLStreamReader.START_ELEMENT) {
                        continue;
                    }
                    switch (xml.getLocalName().toLowerCase(Locale.ROOT)) {
                        case "internalhttpport", "internalhttpportnumber" ->
                            port = Integer.parseInt(xml.getElementText().strip());
                        case "baseurl" -> base = base(xml.getElementText().strip());
                        default -> {}
                    }
                }
            }
        } catch (IOException | XMLStreamException | NumberFormatException e) {
            port = DEFAULT_PORT;
        }
        return URI.create("http://127.0.0.1:" + port + base + "/health");
    }

    private static String base(String text) {
        String inner = text.replaceAll("^/+|/+$", "");
        return inner.matches("[A-Za-z0-9._~/-]+") ? "/" + inner : "";
    }
}
