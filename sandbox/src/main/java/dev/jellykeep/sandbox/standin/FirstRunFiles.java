package dev.jellykeep.sandbox.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The files, other than databases, that a server has after its first start. What exists is left alone.
final class FirstRunFiles {

    private static final int IMAGES = 12;

    private final JellyfinFolders folders;
    private final SampleText sample;

    private FirstRunFiles(JellyfinFolders folders, long seed) {
        this.folders = folders;
        this.sample = new SampleText(seed);
    }

    /// Creates what is missing, the same for the same seed.
    static void create(JellyfinFolders folders, JellyfinEra era, long seed, int port) throws IOException {
        var files = new FirstRunFiles(folders, seed);
        if (!Files.exists(folders.systemXml())) {
            SystemXml.write(folders.systemXml(), era, false);
        }
        put(folders.networkXml(), NetworkXml.text(port));
        files.leftovers(era);
        if (!Files.exists(files.device())) {
            files.configuration();
            files.plugins();
            files.content();
        }
    }

    /// The server's identity: clients know it by this.
    private Path device() {
        return folders.databaseFolder().resolve("device.txt");
    }

    private void configuration() throws IOException {
        Path config = folders.configDir();
        put(config.resolve("encoding.xml"), "<?xml version=\"1.0\"?>\n<EncodingOptions />\n");
        put(config.resolve("logging.default.json"), "{\"Serilog\":{\"MinimumLevel\":\"Information\"}}\n");
        put(config.resolve("ScheduledTasks/" + sample.hex() + ".js"), "[]\n");
        Files.createDirectories(config.resolve("users"));
        put(device(), sample.hex());
    }

    private void plugins() throws IOException {
        Path plugin = folders.dataDir().resolve("plugins/Playback Reporting_16.0.0.0");
        put(plugin.resolve("meta.json"), "{\"name\":\"Playback Reporting\",\"version\":\"16.0.0.0\"}\n");
        put(plugin.resolve("Jellyfin.Plugin.PlaybackReporting.dll"), sample.bytes(40_000));
        put(
                folders.dataDir().resolve("plugins/configurations/Jellyfin.Plugin.PlaybackReporting.xml"),
                "<?xml version=\"1.0\"?>\n<PluginConfiguration><MaxDataAge>3</MaxDataAge></PluginConfiguration>\n");
    }

    private void content() throws IOException {
        Path data = folders.dataDir();
        for (String library : new String[] {"Films", "Séries télé"}) {
            Path folder = data.resolve("root/default").resolve(library);
            put(folder.resolve("options.xml"), "<?xml version=\"1.0\"?>\n<LibraryOptions />\n");
            put(folder.resolve(library + ".mblnk"), "/media/" + library);
        }
        put(data.resolve("root/default/.hidden-note"), "kept\n");
        put(folders.databaseFolder().resolve("playlists/Evening [playlist]/playlist.xml"), "<Item />\n");
        Files.createDirectories(folders.databaseFolder().resolve("collections"));
        put(data.resolve("metadata/.ignore"), "");
        for (int i = 0; i < IMAGES; i++) {
            String id = sample.hex();
            put(
                    data.resolve("metadata/library")
                            .resolve(id.substring(0, 2))
                            .resolve(id)
                            .resolve("poster.jpg"),
                    sample.bytes(10_000 + (int) sample.below(30_000)));
        }
    }

    // What a backup has no use for: each of these is somewhere that is left out.
    private void leftovers(JellyfinEra era) throws IOException {
        put(folders.logDir().resolve("log_20260101.log"), "[INF] stand-in for Jellyfin " + era.version() + "\n");
        put(folders.cacheDir().resolve("images/poster.webp"), sample.bytes(20_000));
        put(folders.cacheDir().resolve("transcodes/segment-1.ts"), sample.bytes(100_000));
        put(folders.databaseFolder().resolve("activitylog.db.old"), sample.bytes(8_192));
    }

    private static void put(Path file, String content) throws IOException {
        put(file, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void put(Path file, byte[] content) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }
}
