package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The agent's image. It runs as root, since Container Apps has no `runAsUser` and what Jellyfin wrote is its user's;
/// the `-nonroot` one beside it is for servers that run as 1000.
final class AgentImage {
    static final String HOME = "/jellykeep";
    static final String JAVA = HOME + "/java/bin/java";
    static final String JAR = HOME + "/jellykeep.jar";
    static final String CACHE = HOME + "/jellykeep.aot";
    static final String OPTIONS = HOME + "/jvm.options";
    static final String LIBRARY = HOME + "/native";

    static final int ROOT = 0;
    static final int NONROOT = 1000;

    /// `jdeps` names java.desktop too, for what its libraries do on desktops only.
    static final SortedSet<String> MODULES = new TreeSet<>(List.of(
            "java.base",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.sql",
            "jdk.httpserver",
            "jdk.unsupported"));

    private AgentImage() {}

    /// @param below the public image that it is built on; empty: none
    /// @param base what comes first; nothing where a public image is below
    /// @param java the folder of its runtime
    /// @param build the `target` folder of the agent
    /// @param options the file of its JVM's options
    /// @param cache its AOT cache, made with this very runtime and jar where they are in the image
    record Parts(Optional<String> below, List<Entry> base, Path java, Path build, Path options, Optional<Path> cache) {
        Parts on(String publicImage) {
            return new Parts(Optional.of(publicImage), List.of(), java, build, options, cache);
        }
    }

    static Image plan(String name, int user, Map<String, String> labels, Parts parts) throws IOException {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer("base", parts.base()));
        layers.add(new Layer("java", JavaRuntime.entries(HOME + "/java", parts.java())));
        Path library = parts.build().resolve("native/org/sqlite/native/Linux/x86_64");
        layers.add(new Layer(
                "agent",
                List.of(
                        Entry.folder(HOME, parts.build(), 0755),
                        Entry.folder(LIBRARY, library, 0755),
                        Entry.file(LIBRARY + "/libsqlitejdbc.so", library.resolve("libsqlitejdbc.so")),
                        Entry.file(OPTIONS, parts.options()),
                        Entry.file(JAR, parts.build().resolve("jellykeep.jar")))));
        parts.cache().ifPresent(cache -> layers.add(new Layer("cache", List.of(Entry.file(CACHE, cache)))));
        return new Image(
                name,
                parts.below(),
                "amd64",
                user,
                entryPoint(parts.cache().isPresent()),
                // file names are UTF-8
                Map.of("LC_ALL", "C.UTF-8"),
                labels,
                layers);
    }

    private static List<String> entryPoint(boolean cached) {
        List<String> command = new ArrayList<>(List.of(JAVA, "@" + OPTIONS));
        if (cached) {
            command.addAll(List.of(
                    "-XX:AOTCache=" + CACHE,
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:ArchiveRelocationMode=0",
                    "-Xlog:aot=off",
                    "-Xlog:cds=off"));
        }
        command.addAll(List.of(
                "-Dorg.sqlite.lib.path=" + LIBRARY,
                "-Dorg.sqlite.lib.name=libsqlitejdbc.so",
                "-cp",
                JAR,
                "dev.jellykeep.agent.cli.Main"));
        return command;
    }
}
