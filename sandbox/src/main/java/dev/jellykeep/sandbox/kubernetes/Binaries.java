package dev.jellykeep.sandbox.kubernetes;

import dev.jellykeep.sandbox.recipe.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The programs that `tools/kube/install` builds.
public record Binaries(Path etcd, Path apiServer, Path kubectl) {
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    /// Where they are, or why they can't be had.
    public sealed interface Answer {}

    /// They are there.
    public record Ready(Binaries binaries) implements Answer {}

    /// They can't be had here, for a reason in one sentence.
    public record Missing(String why) implements Answer {}

    /// Finds them, or builds them: the first time that takes some minutes.
    ///
    /// @param progress takes a line for each program that is built
    public static Answer find(Consumer<String> progress) {
        // The rest of what the recipe says is why it failed, and is told by the answer.
        Consumer<String> builds = line -> {
            if (line.startsWith("Building ")) {
                progress.accept(line);
            }
        };
        return switch (Recipe.run("A Kubernetes API server", "tools/kube/install", PATIENCE, builds)) {
            case Recipe.Ready(var folder) -> new Ready(in(folder));
            case Recipe.Missing(var why) -> new Missing(why);
        };
    }

    private static Binaries in(Path folder) {
        try (Stream<Path> versions = Files.list(folder.resolve("k8s"))) {
            var version = versions.findFirst().orElseThrow();
            return new Binaries(version.resolve("etcd"), version.resolve("kube-apiserver"), version.resolve("kubectl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
