package dev.jellykeep.sandbox.replicas.image;

import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.sandbox.standin.StandInContainerMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// The images of `images.json`, on this machine.
public final class UsualImages {
    private UsualImages() {}

    /// @param root the repository, in which the agent is built
    public static Images of(Path root) {
        return read(text(), root);
    }

    /// As {@link #of}, of a file of one's own.
    public static Images of(Path root, Path file) {
        try {
            return read(Files.readString(file), root);
        } catch (IOException e) {
            throw new UncheckedIOException("The images can't be read from " + file + ".", e);
        }
    }

    private static Images read(String json, Path root) {
        var standIn = JavaProcess.locationOf(StandInContainerMain.class)
                + ":"
                + JavaProcess.locationOf(org.sqlite.JDBC.class);
        // Made by the build; a start without it takes twice the processor.
        var cache = root.toAbsolutePath().normalize().resolve("sandbox/target/stand-in.aot");
        var places = Map.of(
                "root", root.toAbsolutePath().normalize().toString(),
                "java", System.getProperty("java.home"),
                "stand-in", standIn,
                "stand-in-cache", cache.toString(),
                "stand-in-files", Files.exists(cache) ? standIn + ":" + cache : standIn);
        return Images.read(json, places, Files::isExecutable);
    }

    private static String text() {
        try (var in = UsualImages.class.getResourceAsStream("images.json")) {
            return new String(Objects.requireNonNull(in, "images.json").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
