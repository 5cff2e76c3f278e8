package dev.jellykeep.sandbox.replicas.volume;

import dev.jellykeep.sandbox.process.Command;
import dev.jellykeep.sandbox.process.Owner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder of this process's own, which the next sandbox removes where this one couldn't.
public final class WorkFolder implements AutoCloseable {
    private static final String FIRST = "jellykeep-sandbox-";
    private static final Pattern NAME = Pattern.compile(FIRST + "(\\d+\\.\\d+)-\\d+");
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final List<Path> PLACES = Stream.of(System.getProperty("java.io.tmpdir"), "/dev/shm", "/run")
            .map(Path::of)
            .toList();

    private final Path path;

    private WorkFolder(Path path) {
        this.path = path;
    }

    /// Makes one that takes containers' layers, after removing those of sandboxes that have ended.
    ///
    /// @throws UncheckedIOException if it can't be made
    public static WorkFolder create() {
        return create(WorkFolder::takesLayers, "is on a disk of its own");
    }

    /// As {@link #create}, for containers without layers.
    public static WorkFolder createAnywhere() {
        return create(Files::isWritable, "can be written");
    }

    private static WorkFolder create(Predicate<Path> fit, String wanted) {
        try {
            for (var place : PLACES) {
                sweep(place);
            }
            var place = PLACES.stream()
                    .filter(fit)
                    .findFirst()
                    .orElseThrow(() -> new IOException("None of " + PLACES + " " + wanted + "."));
            var name = FIRST + Owner.self().text() + "-" + NUMBERS.getAndIncrement();
            return new WorkFolder(Files.createDirectory(place.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox has no folder to work in: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        remove(path);
    }

    /// Removes a folder and all in it, but for what is mounted there.
    static void remove(Path path) {
        var result = Command.run(List.of("rm", "-rf", "--one-file-system", path.toString()));
        if (!result.ok()) {
            throw new IllegalStateException("The folder " + path + " can't be removed: " + result.output());
        }
    }

    // The writable layer of an overlay can't be on an overlay, as a container's own root is.
    private static boolean takesLayers(Path place) {
        try {
            return Files.isDirectory(place) && !Files.getFileStore(place).type().equals("overlay");
        } catch (IOException _) {
            return false;
        }
    }

    // Those of other users are theirs to remove.
    private static void sweep(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(place, FIRST + "*")) {
            for (var entry : entries) {
                var matcher = NAME.matcher(entry.getFileName().toString());
                if (matcher.matches()
                        && Files.isWritable(entry)
                        && Owner.parse(matcher.group(1))
                                .filter(owner -> !owner.alive())
                                .isPresent()) {
                    remove(entry);
                }
            }
        }
    }
}
