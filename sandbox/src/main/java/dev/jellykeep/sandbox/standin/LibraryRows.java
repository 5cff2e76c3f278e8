package dev.jellykeep.sandbox.standin;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Writes rows of a media library: items with their streams, chapters, people and images, and play states.
final class LibraryRows {

    /// Every play state is created with this position, and transfers move ticks between them: the sum stays known.
    static final long TICKS = 600_000_000L;

    private static final int CHAPTERS = 6;

    private final JellyfinEra era;
    private final Path metadata;
    private final SampleText sample;

    LibraryRows(JellyfinEra era, JellyfinFolders folders, SampleText sample) {
        this.era = era;
        this.metadata = folders.dataDir().resolve("metadata/library");
        this.sample = sample;
    }

    /// Inserts one item and all that belongs to it.
    ///
    /// @return its id
    String insertItem(Connection library) throws SQLException {
        String id = sample.id();
        String title = sample.title();
        insert(
                library,
                era.items() + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                id,
                "MediaBrowser.Controller.Entities.Movies.Movie",
                title,
                title.toLowerCase(java.util.Locale.ROOT),
                "/media/Films/" + title + "/" + title + ".mkv",
                sample.prose(90),
                "{\"ProviderIds\":{\"Tmdb\":\"" + sample.below(900_000) + "\",\"Imdb\":\"tt" + sample.below(9_000_000)
                        + "\"},\"Etag\":\"" + sample.hex() + "\",\"Tagline\":\"" + sample.prose(9) + "\"}",
                time(sample.below(200_000_000)),
                1950 + sample.below(76),
                sample.below(100_000_000_000L),
                sample.below(100) / 10.0,
                0,
                0,
                sample.hex(),
                null,
                null);
        insertParts(library, id);
        return id;
    }

    /// Inserts one user's play state for one item.
    void insertUserData(Connection library, String item, String user) throws SQLException {
        insert(library, era.userData() + " VALUES (?,?,?,?,?,?,?,?)", item, user, "", TICKS, 1, 0, 0, time(0));
    }

    private void insertParts(Connection library, String id) throws SQLException {
        boolean one = era.hasLibraryDatabase();
        for (int i = 0; i < 3; i++) {
            insert(
                    library,
                    (one ? "mediastreams" : "MediaStreamInfos") + " VALUES (?,?,?,?,?,?,?)",
                    id,
                    i,
                    i,
                    i == 0 ? "hevc" : "eac3",
                    "eng",
                    sample.title(),
                    sample.below(20_000_000));
        }
        for (int i = 0; i < CHAPTERS; i++) {
            insert(
                    library,
                    (one ? "Chapters2" : "Chapters") + " VALUES (?,?,?,?,?)",
                    id,
                    i,
                    sample.title(),
                    i * 6_000_000_000L,
                    metadata.resolve(id).resolve("chapters").resolve(i + ".jpg").toString());
        }
        insertPerson(library, id);
        if (!one) {
            insert(
                    library,
                    "BaseItemImageInfos VALUES (?,?,?,?,?,?,?)",
                    sample.id(),
                    id,
                    metadata.resolve(id.substring(0, 2))
                            .resolve(id)
                            .resolve("poster.jpg")
                            .toString(),
                    0,
                    1000,
                    1500,
                    sample.bytes(36));
        }
    }

    private void insertPerson(Connection library, String id) throws SQLException {
        String name = sample.title();
        if (era.hasLibraryDatabase()) {
            insert(library, "People VALUES (?,?,?,?,?)", id, name, sample.title(), "Actor", 0);
            return;
        }
        String person = sample.id();
        insert(library, "Peoples VALUES (?,?,?)", person, name, "Actor");
        insert(library, "PeopleBaseItemMap VALUES (?,?,?,?)", id, person, 0, sample.title());
    }

    /// A time of day as the server writes it, `second` seconds after a fixed start.
    static String time(long second) {
        return java.time.LocalDateTime.of(2026, 1, 1, 0, 0)
                .plusSeconds(second)
                .format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.0000000"));
    }

    static void insert(Connection connection, String into, @org.jspecify.annotations.Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO " + into)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
