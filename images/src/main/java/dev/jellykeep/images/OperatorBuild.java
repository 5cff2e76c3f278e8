package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes the operator's image from a built tree.
///
/// @param tree the root of the repository
/// @param jdk the home of the JDK whose runtime it gets
/// @param version of Jellykeep, which is its tag
/// @param base what comes first
/// @param work an empty folder
record OperatorBuild(Path tree, Path jdk, String version, List<Entry> base, Path work) {
    /// @param trained whether with an AOT cache
    OperatorImage.Parts parts(boolean trained) throws IOException {
        Path java = work.resolve("operators-java");
        JavaRuntime.link(jdk, Optional.empty(), OperatorImage.MODULES, java);
        OperatorImage.Parts parts = parts("amd64", java);
        return trained ? parts.with(train(parts)) : parts;
    }

    /// For another architecture. Without a cache, which has to be trained there.
    ///
    /// @param jmods the folder of the modules for it, of the JDK's very version
    OperatorImage.Parts partsFor(String architecture, Path jmods) throws IOException {
        Path java = work.resolve("operators-java-" + architecture);
        JavaRuntime.link(jdk, Optional.of(jmods), OperatorImage.MODULES, java);
        return parts(architecture, java);
    }

    private OperatorImage.Parts parts(String architecture, Path java) throws IOException {
        List<Path> own = new ArrayList<>();
        for (String module : List.of("operator", "store", "contract")) {
            own.add(jar(module));
        }
        return new OperatorImage.Parts(
                architecture,
                Optional.empty(),
                base,
                java,
                libraries(),
                own,
                tree.resolve("operator/jvm.options"),
                Optional.empty());
    }

    Image image(OperatorImage.Parts parts) throws IOException {
        return OperatorImage.plan(
                "ghcr.io/jellykeep/operator:" + version,
                Map.of(
                        "org.opencontainers.image.title", "Jellykeep operator",
                        "org.opencontainers.image.description",
                                "Keeps the agent in Container Apps as JellyfinBackupPolicy resources say.",
                        "org.opencontainers.image.licenses", "Apache-2.0",
                        "org.opencontainers.image.version", version),
                parts);
    }

    /// What another artifact of ours isn't.
    private List<Path> libraries() throws IOException {
        Path file = tree.resolve("operator/target/run.classpath");
        if (!Files.isReadable(file)) {
            throw new BuildFailure(file + " is missing: run " + tree + "/mvnw -DskipTests package");
        }
        return Stream.of(Files.readString(file).strip().split(":", -1))
                .map(Path::of)
                .filter(each -> !each.toAbsolutePath().startsWith(tree))
                .toList();
    }

    private Path jar(String module) throws IOException {
        try (Stream<Path> files = Files.list(tree.resolve(module + "/target"))) {
            return files.filter(each ->
                            each.getFileName().toString().matches("jellykeep-" + module + "-.*(?<!-tests)\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new BuildFailure(
                            "the jar of " + module + " is missing: run " + tree + "/mvnw -DskipTests package"));
        } catch (NoSuchFileException e) {
            throw new BuildFailure("the jar of " + module + " is missing: run " + tree + "/mvnw -DskipTests package");
        }
    }

    private Path train(OperatorImage.Parts parts) throws IOException {
        Path root = work.resolve("operators-training/root");
        RootFolder.write(image(parts).layers(), root);
        Path volume = Files.createDirectories(work.resolve("operators-training/volume"));
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path cache = volume.resolve("operator.aot");
        List<String> command = new ArrayList<>(OperatorImage.machine(parts));
        command.addAll(List.of("-XX:AOTCacheOutput=" + cache, OperatorImage.MAIN, "run"));
        String said = new OperatorPlay(tree, volume).play(root, command, Map.of("LC_ALL", "C.UTF-8"));
        if (!Files.exists(cache)) {
            throw new BuildFailure("the operator's AOT cache was not written:\n" + said);
        }
        return cache;
    }
}
