package dev.jellykeep.agent.data;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.archive.Roles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The folder that is saved and restored as one unit: the nearest common parent of Jellyfin's data and
/// configuration folders.
///
/// @param path absolute
/// @param roles where the two folders lie below it
public record DataRoot(Path path, Roles roles) {
    /// Our own folder below the data root; never archived.
    public static final String OWN = ".jellykeep";

    /// @throws AgentException USAGE if there is no common parent that could be saved, or the two are on
    ///     different volumes
    public static DataRoot of(Path dataDir, Path configDir) {
        Path data = dataDir.toAbsolutePath().normalize();
        Path config = configDir.toAbsolutePath().normalize();
        Path root = data;
        while (root != null && !config.startsWith(root)) {
            root = root.getParent();
        }
        if (root == null || root.getNameCount() == 0) {
            throw new AgentException(
                    Reason.USAGE,
                    "data folder " + data + " and config folder " + config
                            + " have no common parent but /: put Jellyfin's configuration below the data volume, for"
                            + " example with JELLYFIN_CONFIG_DIR=" + data.resolve("config"));
        }
        requireOneVolume(root, data, config);
        return new DataRoot(root, new Roles(relative(root, data), relative(root, config)));
    }

    private static void requireOneVolume(Path root, Path data, Path config) {
        try {
            if (Files.exists(data)
                    && Files.exists(config)
                    && !Files.getFileStore(data).equals(Files.getFileStore(config))) {
                throw new AgentException(
                        Reason.USAGE,
                        "data folder " + data + " and config folder " + config + " are on different volumes: both must"
                                + " lie on the one volume mounted at or above " + root);
            }
        } catch (IOException e) {
            throw new AgentException(Reason.IO, "the volumes below " + root + " can't be told: " + e.getMessage(), e);
        }
    }

    private static String relative(Path root, Path folder) {
        return root.relativize(folder).toString();
    }

    public Path dataDir() {
        return path.resolve(roles.data());
    }

    public Path configDir() {
        return path.resolve(roles.config());
    }

    public Path systemXml() {
        return path.resolve(roles.systemXml());
    }

    public Path mainDatabase() {
        return path.resolve(roles.mainDatabase());
    }

    public Path own() {
        return path.resolve(OWN);
    }

    /// A path relative to the root, with `/`.
    public String relative(Path below) {
        return path.relativize(below).toString();
    }
}
