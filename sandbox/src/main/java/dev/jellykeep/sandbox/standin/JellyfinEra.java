package dev.jellykeep.sandbox.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The two ways in which Jellyfin has laid out its databases.
public enum JellyfinEra {
    /// One database, `jellyfin.db`.
    V10_11("10.11", "10.11.11", "10.11-jellyfin.sql", "BaseItems", "UserData", "PlaybackPositionTicks"),
    /// Users in `jellyfin.db`, items and play states in `library.db`.
    V10_10("10.10", "10.10.7", "10.10-jellyfin.sql", "TypedBaseItems", "UserDatas", "playbackPositionTicks");

    private final String label;
    private final String version;
    private final String schema;
    private final String items;
    private final String userData;
    private final String ticks;

    JellyfinEra(String label, String version, String schema, String items, String userData, String ticks) {
        this.label = label;
        this.version = version;
        this.schema = schema;
        this.items = items;
        this.userData = userData;
        this.ticks = ticks;
    }

    /// As given to `--era`.
    public String label() {
        return label;
    }

    /// The server version that the stand-in reports.
    public String version() {
        return version;
    }

    public boolean hasLibraryDatabase() {
        return this == V10_10;
    }

    String items() {
        return items;
    }

    String userData() {
        return userData;
    }

    String ticks() {
        return ticks;
    }

    List<String> schema() {
        return statements(schema);
    }

    List<String> librarySchema() {
        return statements("10.10-library.sql");
    }

    private static List<String> statements(String resource) {
        try (InputStream sql = JellyfinEra.class.getResourceAsStream(resource)) {
            if (sql == null) {
                throw new IllegalStateException("The resource " + resource + " is missing from the build.");
            }
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
